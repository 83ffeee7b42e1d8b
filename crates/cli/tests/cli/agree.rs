//! Both verifiers on people whose word counts or does not: roles and keys that were given and taken away, computers that were revoked, what stands
//! in quarantine and what was adopted. They end alike, and say the same of every decision.

use super::place::{PEOPLE, Place, python};
use super::{Run, repository, run};
use std::collections::BTreeSet;
use std::path::Path;

/// How a verifier ended, and what it said of decisions, one by one or counted, and quarantine, each kind of fact in the words of either left out.
#[derive(Debug, PartialEq, Eq)]
struct Verdict {
    code: i32,
    decisions: Vec<String>,
    counted: Vec<String>,
    quarantine: Vec<String>,
}

impl Verdict {
    fn of(code: i32, said: &str) -> Self {
        let decision = |line: &str| {
            let (record, behind) = line.strip_prefix("decision ")?.split_once(' ')?;
            Some(format!("{record}: {}", behind.rsplit_once("): ")?.1))
        };
        let behind = |start: &str| -> Vec<String> {
            said.lines().filter_map(move |line| line.strip_prefix(start)).map(str::to_owned).collect()
        };
        let decisions = said.lines().filter_map(decision).collect();
        Self { code, decisions, counted: behind("decisions "), quarantine: behind("in quarantine: ") }
    }

    fn verify(file: &str, scope: &str) -> (Self, String) {
        let Run { code, out, err } = run(&["verify", file, "--scope", scope], "");
        let said = out + &err;
        (Self::of(code, &said), said)
    }

    /// How many decisions are approved.
    fn approved(&self) -> usize {
        let counted = self.counted.iter().filter_map(|line| line.split(' ').nth(1)?.parse::<usize>().ok());
        self.decisions.iter().filter(|line| line.ends_with(": approved")).count() + counted.sum::<usize>()
    }

    /// Whose approvals are missing.
    fn lacking(&self) -> Vec<&str> {
        self.decisions.iter().filter_map(|line| Some(line.split_once(": lacks the approval of ")?.1)).collect()
    }
}

/// Bundles that `agree.py` writes, by name: the verdict of both verifiers, which is one.
fn agreed(folder: &Path, seeds: &[&str]) -> Vec<(String, Verdict)> {
    let script = repository("crates/cli/tests/cli/agree.py");
    let made = python().arg(script).arg(repository("docs")).arg(folder).args(seeds).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let lines = String::from_utf8(made.stdout).unwrap();
    let one = |line: &str| {
        let (name, file, scope, code, said): (String, String, String, i32, Vec<String>) =
            serde_json::from_str(line).unwrap();
        let said = said.join("\n");
        let (own, own_said) = Verdict::verify(&file, &scope);
        assert_eq!(own, Verdict::of(code, &said), "{name}: {own_said}\nthe reference: {said}");
        (name, own)
    };
    lines.lines().map(one).collect()
}

/// Of each scene: how verifiers end, how many decisions are approved, whose approval others lack, and why records are in quarantine.
type Expected = (&'static str, i32, usize, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const SCENES: &[Expected] = &[
    ("everything as it should be", 0, 3, &[], &[]),
    ("a role taken away afterwards", 0, 4, &[], &[]),
    ("a role taken away before", 3, 2, &[], &["1 records (role)"]),
    ("a role taken away before, which no organiser approved", 0, 2, &[], &[]),
    ("a role given by oneself", 3, 1, &[], &["1 records (role)"]),
    ("retired before", 3, 2, &[], &["1 records (role)"]),
    ("retired afterwards", 0, 3, &[], &[]),
    ("may work at another computer alone", 3, 2, &[], &["1 records (elsewhere)"]),
    ("writes at a computer without a key", 3, 1, &[], &["1 records (elsewhere)"]),
    ("writes at a computer with a key", 0, 2, &[], &[]),
    ("without the role", 3, 1, &[], &["1 records (role)"]),
    ("in the duty of another", 3, 1, &["chief_judge"], &[]),
    ("nobody signed in", 3, 1, &[], &["1 records (nobody)"]),
    ("a key revoked", 3, 1, &["chief_judge"], &[]),
    ("a key revoked, and an approval still trusted", 0, 2, &[], &[]),
    ("a key revoked by its own", 0, 2, &[], &[]),
    ("a revocation of a key moved", 0, 2, &[], &[]),
    ("a revocation of a key moved, which no organiser approved", 3, 1, &["chief_judge"], &[]),
    ("two keys that revoke each other", 3, 3, &["supervisor"], &[]),
    ("two keys that revoke each other, until a third decides", 0, 4, &[], &[]),
    ("two who take each other's roles away", 3, 3, &[], &["1 records (role)"]),
    ("approved with the key of another computer than the role is for", 3, 2, &["chief_judge"], &[]),
    ("a key of the founding computer revoked elsewhere", 0, 2, &[], &[]),
    ("signing in ended, and nobody approved that", 3, 1, &[], &["1 records (nobody)"]),
    ("signing in ended", 0, 1, &[], &[]),
    ("a computer revoked before", 3, 2, &[], &["1 records (revoked)"]),
    ("a computer revoked behind", 0, 3, &[], &[]),
    ("a computer revoked, and trusted again", 0, 3, &[], &[]),
    ("a revocation that one of another computer names", 3, 3, &[], &["1 records (revoked)"]),
    ("revocations that cross", 3, 3, &[], &["1 records (revoked)"]),
    ("revoked by somebody without the right", 0, 2, &[], &[]),
    ("revoked, and the record adopted", 3, 3, &["chief_judge"], &[]),
    ("revoked, the record adopted, and approved again", 0, 4, &[], &[]),
    ("revoked, and adopted by somebody without the right", 3, 2, &[], &["1 records (revoked)"]),
    ("what a lost computer says of who organises", 0, 3, &[], &[]),
    ("what a lost computer says of the one that founded it all", 0, 3, &[], &[]),
    ("two that revoke each other side by side", 3, 2, &["chief_judge"], &[]),
    ("what anybody says of the computer that founded it all", 0, 2, &[], &[]),
    ("what somebody without the role any more says of the computer that took it away", 0, 3, &[], &[]),
    ("signing in begun at a computer that a third cuts", 0, 2, &[], &[]),
    ("signing in begun at a computer that the founding one cuts", 0, 1, &[], &[]),
    ("names sealed and opened by two", 3, 6, &[], &[]),
    ("names sealed and opened by one in two offices", 3, 4, &["draw_officer", "supervisor"], &[]),
    ("names opened by envelope", 3, 4, &["draw_officer"], &[]),
    ("final, and one of the two in quarantine", 1, 2, &[], &["1 records (role)"]),
    ("final by rules that look at forms, which are left out, and one of the two in quarantine", 1, 2, &[], &["1 records (role)"]),
    ("final, and facts of a later version", 3, 3, &[], &[]),
    ("final, and facts of a later version in quarantine", 0, 3, &[], &["1 records (nobody)"]),
    ("marks of another judge", 0, 2, &[], &["1 records (judge)"]),
    ("marks of everybody, by who leads and who does not", 0, 2, &[], &["1 records (judge)"]),
    ("a sheet signed with the judge's own key", 0, 3, &[], &[]),
    ("a sheet signed by a judge without a key", 0, 2, &[], &[]),
    ("a sheet signed without the key that the judge has", 3, 2, &["judge"], &[]),
    ("a sheet that another judge approved", 3, 2, &["judge"], &[]),
    ("a sheet approved with another judge's key", 3, 2, &["judge"], &[]),
    ("a sheet that an officer approved", 3, 2, &["judge"], &[]),
    ("a sheet approved with the judge's key in the name of an officer", 3, 2, &["judge"], &[]),
    ("a sheet approved with an officer's key in the name of the judge", 3, 2, &["judge"], &[]),
    ("a sheet approved in the names of a judge and an officer", 3, 2, &["judge"], &[]),
    ("a sheet approved in nobody's name", 3, 2, &["judge"], &[]),
    ("a sheet with the approval of another", 3, 3, &["judge"], &[]),
    ("a confirmation that a judge approved in the place of the chief judge", 3, 1, &["chief_judge"], &[]),
    ("a key that came after the sheet was signed", 0, 2, &[], &[]),
    ("a key that came after the sheet was signed, and approved it", 0, 3, &[], &[]),
    ("a key that no organiser approved", 0, 2, &[], &[]),
    ("a key that the judge approved", 0, 2, &[], &[]),
    ("a key that an organiser approved after the sheet was signed with it", 0, 3, &[], &[]),
    ("a key that an organiser approved after the sheet was signed without it", 3, 2, &["judge"], &[]),
    ("a judge's key revoked", 3, 2, &["judge"], &[]),
    ("a judge's key revoked, and an approval still trusted", 0, 3, &[], &[]),
    ("a judge's key revoked before", 0, 2, &[], &[]),
    ("a judge's key revoked before, and an approval trusted afterwards", 0, 3, &[], &[]),
    ("a judge's key revoked before, and another known", 3, 2, &["judge"], &[]),
    ("a judge's key revoked, which no organiser approved", 0, 3, &[], &[]),
    ("a judge's key revoked as that of an officer", 0, 3, &[], &[]),
    ("a judge's key of the founding computer revoked elsewhere", 0, 3, &[], &[]),
    ("a sheet signed without a key at another computer than that of the key", 0, 2, &[], &[]),
    ("a sheet signed with a key at another computer than that of the key", 0, 3, &[], &[]),
    ("a sheet signed without a key at another computer with a key", 3, 2, &["judge"], &[]),
    ("a sheet signed in the name of a judge who is not that of the actor", 0, 2, &[], &["1 records (judge)"]),
    ("a sheet signed without a key behind a cut, and adopted", 0, 4, &[], &[]),
    ("a sheet signed with a key behind a cut, and adopted", 0, 5, &[], &[]),
    ("a sheet signed without a key, and adopted by somebody without the right", 3, 2, &["judge"], &[]),
    ("a sheet opened again, and signed anew with the key", 0, 3, &[], &[]),
    ("a sheet signed after signing in ended", 0, 3, &[], &[]),
    ("decisions of the second edition where the first holds", 0, 2, &[], &[]),
    ("decisions of the second edition that nobody approved", 3, 3, &["draw_officer or organiser", "draw_officer or organiser", "chief_judge", "chief_judge"], &[]),
    ("decisions of the second edition, approved", 0, 7, &[], &[]),
    ("decisions of the second edition, approved by others", 3, 3, &["draw_officer or organiser", "draw_officer or organiser", "chief_judge", "chief_judge"], &[]),
    ("decisions of a later edition", 3, 3, &["draw_officer or organiser", "draw_officer or organiser", "chief_judge", "chief_judge"], &[]),
    ("the second edition and then the first, which nobody approved", 3, 2, &["organiser"], &[]),
    ("an edition below the first, said twice, which nobody approved", 3, 2, &["organiser", "chief_judge"], &[]),
    ("the second edition and the first side by side", 3, 4, &["draw_officer or organiser", "draw_officer or organiser", "chief_judge", "chief_judge"], &[]),
    ("decisions before the second edition", 0, 3, &[], &[]),
    ("an edition that is no number", 0, 2, &[], &[]),
    ("a draw and a lot that the draw officer approved", 0, 6, &[], &[]),
    ("lots in a draw that is void", 0, 5, &[], &[]),
    ("a draw that is taken back", 3, 3, &["draw_officer or organiser"], &[]),
    ("marks to be given again, in attempts", 3, 5, &["chief_judge"], &[]),
    ("an approval that does not verify", 3, 1, &["chief_judge"], &[]),
];

#[test]
fn both_verifiers_say_of_every_scene_what_follows_from_the_protocol() {
    let folder = tempfile::tempdir().unwrap();
    let found = agreed(folder.path(), &[]);
    assert_eq!(found.len(), SCENES.len());
    for ((name, verdict), (scene, code, approved, lacking, quarantine)) in found.iter().zip(SCENES) {
        assert_eq!(name, scene);
        assert_eq!((verdict.code, verdict.approved()), (*code, *approved), "{name}: {verdict:?}");
        assert_eq!(
            (&verdict.lacking()[..], &verdict.quarantine[..].iter().map(String::as_str).collect::<Vec<_>>()[..]),
            (*lacking, *quarantine),
            "{name}"
        );
    }
}

#[test]
fn both_verifiers_agree_on_whatever_is_said_by_whomever() {
    let folder = tempfile::tempdir().unwrap();
    let found = agreed(folder.path(), &["0", "160"]);
    let codes: BTreeSet<i32> = found.iter().map(|(_, verdict)| verdict.code).collect();
    assert_eq!(codes, BTreeSet::from([0, 1, 3]));
    let whys = found.iter().flat_map(|(_, verdict)| &verdict.quarantine);
    let whys: BTreeSet<&str> = whys.filter_map(|line| Some(line.split_once('(')?.1)).collect();
    assert_eq!(whys, BTreeSet::from(["elsewhere)", "judge)", "nobody)", "revoked)", "role)"]));
    let lacking: Vec<&str> = found.iter().flat_map(|(_, verdict)| verdict.lacking()).collect();
    assert!(lacking.contains(&"judge") && lacking.contains(&"draw_officer or organiser"), "{lacking:?}");
    let approved: usize = found.iter().map(|(_, verdict)| verdict.approved()).sum();
    assert!(approved > 200 && lacking.len() > 50, "{approved} approved, {} not", lacking.len());
}

#[test]
fn both_verifiers_follow_a_role_and_a_key_that_are_taken_away_in_a_data_folder() {
    let (place, about) = Place::signed_in();
    let (whole, _) = about.split_once(",\"event\"").unwrap();
    let [(organiser, _), (chief, _), (supervisor, _)] = PEOPLE;
    let verdict = |name: &str| {
        place.bundle(&["export", "--what=published"], name);
        let file = place.path(name);
        let (own, said) = Verdict::verify(file.to_str().unwrap(), &place.competition);
        let (code, reference) = place.reference(&file);
        assert_eq!(own, Verdict::of(code, &reference), "{name}: {said}\nthe reference: {reference}");
        (own.code, own.approved(), own.lacking().len())
    };
    place.confirm(&about, chief, "chief_judge", chief);
    place.confirm(&about, supervisor, "supervisor", supervisor);
    place.call_as(chief, "results.finalise", &format!(r#"{{{about},"reason":""}}"#));
    let people = place.call_as(organiser, "people.list", &format!("{{{whole}}}"));
    let officers = people["officers"].as_array().unwrap();
    let own = officers.iter().find(|own| own["officer"]["name"] == chief).unwrap();
    let set = |roles: &str, retired: bool| {
        let officer = format!(r#"{{"name":"{chief}","unit":"","roles":[{roles}],"retired":{retired}}}"#);
        let save = format!(r#"{{{whole},"id":{},"officer":{officer},"reason":"换人"}}"#, own["id"]);
        place.call_as(organiser, "people.save", &save);
    };
    set(r#""recorder""#, false);
    assert_eq!(verdict("role"), (0, 4, 0), "what was approved in the role stays approved");
    let key = format!(r#""officer":{},"node":{},"key":{}"#, own["id"], people["node"], own["keys"][0]["key"]);
    let revoke = |trusted: &str, preview: bool| {
        let about = format!(r#"{whole},{key},"trusted":[{trusted}],"reason":"泄露","preview":{preview}"#);
        place.call_as(organiser, "people.revoke_key", &format!("{{{about}}}"))
    };
    let approvals = revoke("", true)["approvals"].as_array().unwrap().clone();
    revoke("", false);
    assert_eq!(verdict("revoked"), (3, 2, 2), "what was approved with the key is not");
    revoke(&approvals.iter().map(|own| own["approval"].to_string()).collect::<Vec<_>>().join(","), false);
    assert_eq!(verdict("trusted"), (0, 4, 0), "but for what is named");
    set(r#""chief_judge""#, true);
    place.call_as(organiser, "people.end", &format!(r#"{{{whole},"reason":"收工"}}"#));
    assert_eq!(verdict("ended"), (0, 5, 0), "nothing of before is undone");
}
