# Words that all pages share.
app-name = Jiangsai
competition = Competition
event = Event
entry = Entry
judge = Judge
item = Item
module = Module
standing = Rank
entry-number = Entry no.
station-number = Station
max-score = Maximum
