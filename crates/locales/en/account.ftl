# Accounts: coming to headquarters by a browser from elsewhere.
door-title = Sign in to headquarters
door-about = Sign in with the account that was made for you: its name, your password, and the 6 digits of your authenticator.
door-name = Account name
door-password = Password
door-next = Next
door-enter = Sign in
door-lacking = Fill in the account name and the password.
door-again = Try again
door-ended-title = You are signed out
door-ended-about = Nothing was done for a long time, the password was changed, or you signed out elsewhere. Sign in again to come back to the same page; what you typed is still there.
door-leave = Leave this page
door-foot-saved = Saved at headquarters

secret-show = Show
secret-hide = Hide
code-app = 6 digits of your authenticator
code-recovery = Recovery code
code-use-recovery = Use a recovery code
code-use-app = Use the authenticator

set-up-title = Set up an account
set-up-about = Fill in the set-up code that you were given. It works once, within 24 hours.
set-up-link = Set-up code
set-up-who = Account: { $name }
set-up-password = 1. Choose a password
set-up-password-about = At least { $least } characters, any you like; several unrelated words in a row are long and easy to remember.
set-up-app = 2. Connect an authenticator
set-up-send = Finish
password-new = New password
password-now = Present password
password-title = Change the password
password-save = Change the password

authenticator-title = Another authenticator
authenticator-another = With another phone, or when few recovery codes are left, connect an authenticator again here; you also get new recovery codes. The ones you have now stop working.
authenticator-begin = Begin
authenticator-turn = Use the new authenticator
authenticator-about = Scan this code with an authenticator app on your phone (Microsoft’s or Google’s, for instance, or a password manager), then fill in the 6 digits it shows.
authenticator-letters = If you cannot scan it, choose to enter it by hand in the app, and type:
authenticator-code-label = Code to be scanned with the authenticator app

recovery-title = Recovery codes
recovery-about = Without your phone, use one of these in the place of the 6 digits. Each works once, and they are shown only now: write them down or print them, and keep them in a safe place.
recovery-kept = I have kept them, go on

account-title = My account
account-may-look = Look only
account-may-look-about = This account may look at everything and change nothing.
account-may-work-about = This account may look and work. Where people sign in to a competition, you sign in there with your own role and PIN besides.
account-recovery-left = { $count } recovery codes are left.
account-others-out = Afterwards every other browser is signed out.

sessions-title = Browsers that are signed in
sessions-about = If you do not know one of them, sign out everywhere and change the password. After 30 minutes without an act, and 12 hours after signing in, one is signed out.
sessions-browser = Browser
sessions-begun = Signed in
sessions-acted = Last act
sessions-own = This one
sessions-everywhere = Sign out everywhere
