//! Bodies about the computer that stands by for the host of a hall.

use super::body;
use jiangsai_domain::command::standby::{HandBack, PairHeadquarters, ShowStandby, TakeOver};

body!(ShowStandby, |_command, app, _| app.standby().await);

body!(TakeOver, |_command, app, _| {
    app.take_over().await?;
    app.standby().await
});

body!(HandBack, |_command, app, _| {
    app.hand_back().await?;
    app.standby().await
});

body!(outside PairHeadquarters, |command, app, _| {
    app.pair_headquarters(&command.url, &command.code).await?;
    let _beside = app.0.gate.read().await;
    app.standby().await
});
