//! Bodies of the people who work for a competition.

use super::body;
use crate::App;
use crate::facts::approval;
use jiangsai_domain::command::people::{
    Approve, AskIn, AskedIn, BeginSignIn, DoorState, EndSignIn, ListPeople, RevokeKey, SaveOfficer, SetOfficerPin,
    ShowSignIn, SignIn, SignOut, SignedIn, StaySignedIn,
};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::people;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::people::Signer;
use jiangsai_domain::view;
use jiangsai_ledger::Hash;

body!(ShowSignIn, |command, app, _| {
    let pins = app.officers_with_pin(&command.competition).await?;
    let (node, me) = (app.node_key(), app.1.signed.as_ref().map(|signed| &signed.officer));
    app.ask(&command.competition, |state| Ok(view::people::start(state, &node, &pins, me))).await
});

body!(SignIn, |command, app, _| {
    let token = app.sign_in_officer(&command.competition, &command.officer, &command.pin).await?;
    let me = |state: &Competition| {
        let officer = state.people.officer(&command.officer).ok_or(Refusal::new("unknown-officer"))?;
        Ok(view::people::me(&command.officer, officer))
    };
    Ok(SignedIn { token, me: app.ask(&command.competition, me).await? })
});

body!(SignOut, |command, app, _| {
    app.0.people.close(&command.token);
    Ok(())
});

// That it was asked for is what it is for.
body!(StaySignedIn, |_command, _app, _| Ok(()));

body!(AskIn, |command, app, _| {
    let pins = app.officers_with_pin(&command.competition).await?;
    let node = app.node_key();
    let may = |state: &Competition| {
        let view = view::people::start(state, &node, &pins, None);
        let own = view.people.into_iter().find(|own| own.officer == command.officer);
        match own.map(|own| own.state) {
            // Else anybody at this computer would take the place of whoever signs in.
            Some(DoorState::Ready) => Err(Refusal::new("officer-has-pin")),
            _ => Ok(view.on),
        }
    };
    let awaits = app.ask(&command.competition, may).await?;
    let actor = App::asking(&command.officer);
    let key = app.give_pin(actor, &command.competition, &command.officer, &command.pin).await?;
    Ok(AskedIn { fingerprint: view::people::short(&key), awaits })
});

body!(ListPeople, |command, app, _| {
    let pins = app.officers_with_pin(&command.competition).await?;
    let node = app.node_key();
    app.ask(&command.competition, |state| Ok(view::people::list(state, &node, &pins))).await
});

body!(SaveOfficer, |command, app, _| {
    let decide =
        |state: &_, context: &_| people::save(state, command.id.as_ref(), &command.officer, &command.reason, context);
    app.change(&command.competition, decide, |_, _, id| Ok(id)).await
});

body!(SetOfficerPin, |command, app, _| {
    let actor = app.1.actor();
    app.give_pin(actor, &command.competition, &command.officer, &command.pin).await.map(|_| ())
});

body!(BeginSignIn, |command, app, _| {
    let pins = app.officers_with_pin(&command.competition).await?;
    let node = app.node_key();
    let decide = |state: &_, _: &_| Ok((people::begin(state, &pins, &node)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(EndSignIn, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((people::end(state, &command.reason)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(Approve, |command, app, _| {
    let signed = app.1.signed.clone().ok_or(Refusal::new("nothing-to-approve"))?;
    let record: Hash = command.record.as_str().parse().map_err(|_| Refusal::new("nothing-to-approve"))?;
    let approval = approval(Signer::Officer(signed.officer.clone()), &signed.key, record);
    let decide = |state: &_, _: &_| {
        people::may_approve(state, &command.record, &signed.officer)?;
        Ok((vec![people::approved(command.record.clone(), approval)], ()))
    };
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(RevokeKey, |command, app, _| app.revoke_key(&command).await);
