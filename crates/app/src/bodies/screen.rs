//! Bodies of the big screen.

use super::body;
use jiangsai_domain::command::screen::{
    CountDown, ReleaseStandings, ShareScreen, ShowScreen, ShowShared, StageScreen, UnshareScreen,
};
use jiangsai_domain::decide::screen;
use jiangsai_domain::screen::Staged;
use jiangsai_domain::view;

body!(ShowScreen, |command, app, _| {
    let (staged, now) = (app.staged(&command.competition).await?, app.0.host.now_ms());
    app.ask(&command.competition, |state| view::screen::screen(state, &staged, command.event.as_ref(), now)).await
});

body!(StageScreen, |command, app, _| {
    app.stage(&command.competition, |state, staged| screen::put(state, &staged, &command)).await
});

body!(CountDown, |command, app, _| {
    let now = app.0.host.now_ms();
    app.stage(&command.competition, |_, staged| screen::count(staged, command.act, now)).await
});

body!(ReleaseStandings, |command, app, _| {
    let decide = |state: &_, _: &_| {
        let drafts = screen::release(state, &command)?;
        let changes = !drafts.is_empty();
        Ok((drafts, changes))
    };
    if app.change(&command.competition, decide, |_, _, changes| Ok(changes)).await? {
        // Awards that were revealed before belong to what was released before.
        app.stage(&command.competition, |_, staged| Ok(Staged { revealed: 0, ..staged })).await?;
    }
    Ok(())
});

body!(ShowShared, |command, app, _| app.shared_screen(&command.competition).await);

body!(ShareScreen, |command, app, _| {
    app.share_screen(&command.competition).await?;
    app.shared_screen(&command.competition).await
});

body!(UnshareScreen, |command, app, _| {
    app.unshare_screen(&command.competition).await;
    app.shared_screen(&command.competition).await
});
