//! The big screen of a competition with two events: each shows its own, and only what was released for it.
#![allow(clippy::unwrap_used, reason = "tests")]

use jiangsai_domain::command::competition::{CreateCompetition, StartFrom};
use jiangsai_domain::command::screen::{ReleaseStandings, StageScreen};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::{found, screen};
use jiangsai_domain::envelope::{Context, Draft, Envelope};
use jiangsai_domain::ids::EventId;
use jiangsai_domain::screen::{Scene, Shown, Staged};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::screen::screen as shown;

fn take(state: &mut Competition, order: &mut u64, drafts: Vec<Draft>) {
    for draft in drafts {
        *order += 1;
        state.evolve(Envelope {
            id: format!("{order:08}").into(),
            origin: Origin::default(),
            order: *order,
            at: 0,
            actor: "operator".into(),
            replaces: draft.replaces,
            reason: draft.reason,
            fact: Ok(draft.fact),
        });
    }
}

#[test]
fn a_screen_of_one_event_shows_that_alone_and_only_what_was_released_for_it() {
    let (mut state, mut order) = (Competition::default(), 0);
    for (seed, event) in [(1, "水处理"), (2, "电气")] {
        let command = CreateCompetition { title: String::new(), event: event.into(), from: StartFrom::Sample };
        let context = Context { today: "2026-11-25".into(), actor: "operator".into(), seed };
        take(&mut state, &mut order, found::found(&command, &context).unwrap());
    }
    let events: Vec<EventId> = state.events.keys().cloned().collect();
    let [one, other] = events.as_slice() else { unreachable!("two events") };
    let release = ReleaseStandings { competition: "c".into(), event: one.clone(), shown: Shown::Provisional };
    let released = screen::release(&state, &release).unwrap();
    take(&mut state, &mut order, released);
    let stage = |event: &EventId, scene| StageScreen {
        competition: "c".into(),
        event: event.clone(),
        scene,
        session: "B".into(),
        revealed: 0,
    };
    let staged = screen::put(&state, &Staged::default(), &stage(one, Scene::Standings)).unwrap();
    let refused = screen::put(&state, &staged, &stage(other, Scene::Standings)).unwrap_err();
    assert_eq!(refused.code, "screen-not-released", "what was released for one is not for the other");

    let followed = shown(&state, &staged, None, 0).unwrap();
    assert_eq!((&followed.event, followed.events.len()), (one, 2));
    assert!(followed.shows && !followed.rows.is_empty());
    assert_eq!(shown(&state, &staged, Some(one), 0).unwrap(), followed, "the one that is on");
    let alone = shown(&state, &staged, Some(other), 0).unwrap();
    assert_eq!((&alone.event, alone.scene), (other, Scene::Standings));
    assert!(!alone.shows && alone.rows.is_empty(), "nothing was released for it");
    assert_eq!(alone.session, "", "its sessions are others");
    let sessions: std::collections::BTreeSet<&str> = alone.stations.iter().map(|own| own.session.as_str()).collect();
    assert!(sessions.len() > 1, "every station of it: {sessions:?}");
    assert_ne!(alone.name, followed.name);
    assert!(shown(&state, &staged, Some(&"none".into()), 0).is_err(), "an event that is none");
}
