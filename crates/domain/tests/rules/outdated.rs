//! A change of a parameter, of the rules, or of a decision between equals says what that leaves untrue, as every other step does.

use super::hall::{RULES, decide, event, hall};
use jiangsai_domain::command::competition::ReplaceRulebook;
use jiangsai_domain::command::foresee::Outdated;
use jiangsai_domain::command::parameters::{ParameterValue, SetParameters};
use jiangsai_domain::command::results::WithdrawDecision;
use jiangsai_domain::decide::{equals, parameters, rulebook};

#[test]
fn what_was_confirmed_is_named_before_it_is_changed() {
    let mut hall = hall();
    let base = hall.base("0", &[]);
    let (drafts, effect) = equals::decide(&hall.state, &decide(["b", "c", "a"], Vec::new())).unwrap();
    assert_eq!(effect.outdated, Outdated::default(), "nothing was confirmed yet");
    hall.record(drafts);
    hall.confirm();
    let unconfirmed = Outdated { unconfirmed: true, ..Outdated::default() };

    let entries = ["a", "b", "c"].map(Into::into).to_vec();
    let reason = String::new();
    let command = WithdrawDecision { competition: "x".into(), event: event(), entries, reason, preview: true };
    let (_, effect) = equals::withdraw(&hall.state, &command).unwrap();
    assert_eq!((effect.changes.is_empty(), effect.outdated), (false, unconfirmed.clone()));

    let set = |value: &str| SetParameters {
        competition: "x".into(),
        event: event(),
        values: vec![ParameterValue {
            parameter: "base".into(),
            text: String::new(),
            value: value.into(),
            replaces: vec![base.clone()],
        }],
        reason: String::new(),
        preview: true,
    };
    let (_, effect) = parameters::set(&hall.state, &set("1")).unwrap();
    assert_eq!(effect.outdated, unconfirmed);
    let (_, effect) = parameters::set(&hall.state, &set("0")).unwrap();
    assert_eq!(effect.outdated, Outdated::default(), "what stands already changes nothing");

    let replace = |json: String| ReplaceRulebook {
        competition: "x".into(),
        event: event(),
        json,
        reason: String::new(),
        preview: true,
    };
    let (_, change) = rulebook::replace(&hall.state, &replace(RULES.replace("draw", "share"))).unwrap();
    assert_eq!(change.outdated, unconfirmed, "equals would share their rank");
    let (_, change) = rulebook::replace(&hall.state, &replace(RULES.replace("Theory", "Written test"))).unwrap();
    assert_eq!(change.outdated, Outdated::default(), "another name is no other rank");
}
