//! `verify` and the reference verifier: both on the same bundles, which they accept together and refuse together, at the same place.

use super::place::{PEOPLE, Place, python};
use super::{repository, run};
use jiangsai_app::bundle::examine;

/// Does a line name bytes of which this is one?
fn names(said: &str, byte: usize) -> bool {
    said.lines().filter(|line| line.starts_with("wrong: ")).any(|line| {
        let Some((_, behind)) = line.split_once("bytes ") else { return false };
        let range = behind.split(':').next().unwrap_or_default();
        let Some((from, to)) = range.split_once('-') else { return false };
        from.parse::<usize>().is_ok_and(|from| from <= byte) && to.parse::<usize>().is_ok_and(|to| byte < to)
    })
}

#[test]
fn both_verifiers_accept_what_is_whole_and_standings_are_as_confirmed() {
    let place = Place::new();
    for (task, name, kind) in [
        (["export", "--what=published"].as_slice(), "published", "published"),
        (["receipts"].as_slice(), "receipts", "receipts"),
    ] {
        place.bundle(task, name);
        let own = place.verify(&place.path(name));
        assert_eq!((own.code, own.err.as_str()), (0, ""), "{}", own.out);
        assert!(own.out.starts_with(&format!("{kind} sealed by ")), "{}", own.out);
        assert_eq!(own.out.contains("as confirmed"), kind == "published", "{}", own.out);
        let (code, said) = place.reference(&place.path(name));
        assert_eq!(code, 0, "{said}");
        assert!(said.starts_with(&format!("{kind} sealed by ")), "{said}");
    }
    let again = run(
        &[
            "bundle",
            "receipts",
            "--data",
            &place.data(),
            "--competition",
            &place.competition,
            "--to",
            place.path("receipts").to_str().unwrap(),
        ],
        "",
    );
    assert_eq!(again.code, 1, "it writes over nothing");
    assert!(again.err.contains("file-exists"), "{}", again.err);
}

#[test]
fn both_verifiers_find_any_changed_bit_where_it_is() {
    let place = Place::new();
    for (task, name, flips) in
        [(["export", "--what=published"].as_slice(), "published", 24), (["receipts"].as_slice(), "receipts", 24)]
    {
        let whole = place.bundle(task, name);
        let changed = place.path("changed");
        // Spread over the file, and through every bit of a byte; the first and last lines besides.
        let mut bytes: Vec<usize> = (0..flips).map(|at| at * whole.len() / flips + at * 7 % 31).collect();
        bytes.extend([3, 20, 30, 110, whole.len() - 1, whole.len() - 100, whole.len() - 200, whole.len() - 262]);
        for (at, byte) in bytes.into_iter().filter(|byte| *byte < whole.len()).enumerate() {
            let mut bytes = whole.clone();
            bytes[byte] ^= 1 << (at % 8);
            std::fs::write(&changed, &bytes).unwrap();
            let own = place.verify(&changed);
            assert_eq!((own.code, own.out.as_str()), (1, ""), "bit {} of byte {byte} of {name}", at % 8);
            assert!(names(&own.err, byte), "byte {byte} of {name}: {}", own.err);
            let (code, said) = place.reference(&changed);
            assert_eq!(code, 1, "bit {} of byte {byte} of {name}", at % 8);
            let page = place.by_python("docs/chain.py", &changed, &[]).1;
            assert!(names(&page, byte), "byte {byte} of {name}, on the page: {page}");
            assert!(names(&said, byte), "byte {byte} of {name}: {said}");
        }
    }
}

#[test]
fn both_verifiers_say_that_a_bundle_is_of_another_competition_or_none() {
    let place = Place::new();
    place.bundle(&["export", "--what=published"], "published");
    let file = place.path("published");
    let other = Place { competition: "ab".repeat(32), ..place };
    assert_eq!(other.verify(&file).code, 1);
    assert_eq!(other.reference(&file).0, 1);
    let none = other.path("none");
    std::fs::write(&none, b"something else\n").unwrap();
    assert_eq!(other.verify(&none).code, 1);
    assert_eq!(other.reference(&none).0, 1);
    let missing = other.verify(&other.path("missing"));
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    let unnamed = run(&["verify", file.to_str().unwrap(), "--scope", "x"], "");
    assert_eq!(unnamed.code, 2);
}

/// Bundles whose hashes and signatures are right, made by `forge.py`: what is of another form than the protocol says is refused by both.
#[test]
fn both_verifiers_agree_on_what_has_the_form_of_a_record() {
    let place = Place { folder: tempfile::tempdir().unwrap(), competition: String::new() };
    let forged = python()
        .arg(repository("crates/cli/tests/cli/forge.py"))
        .arg(repository("docs"))
        .arg(place.folder.path())
        .output()
        .unwrap();
    assert!(forged.status.success(), "{}", String::from_utf8_lossy(&forged.stderr));
    let said = String::from_utf8(forged.stdout).unwrap();
    let mut tried = 0;
    let mut headquarters = "";
    for line in said.lines() {
        let [name, scope, expected] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        if name == "headquarters" {
            headquarters = scope;
            continue;
        }
        let one = Place { folder: tempfile::tempdir().unwrap(), competition: scope.to_owned() };
        let file = place.path(name);
        let is_receipts = name.contains("vouched");
        let wanted = match expected {
            "refused" => 1,
            "vouched" => 0,
            // What holds and shows no results, or some that nobody confirmed.
            _ => 3,
        };
        let named = if is_receipts { vec!["--headquarters", headquarters] } else { Vec::new() };
        let own = run(&[&["verify", file.to_str().unwrap(), "--scope", scope], named.as_slice()].concat(), "");
        assert_eq!(own.code, wanted, "{name}: {}{}", own.out, own.err);
        let (code, said) = one.reference_with(&file, named.get(1..).unwrap_or_default());
        assert_eq!(code, wanted, "{name}, the reference: {said}");
        if matches!(expected, "approved" | "lacking") {
            for said in [&own.out, &said] {
                let decided: Vec<&str> = said.lines().filter(|line| line.starts_with("decision ")).collect();
                assert!(
                    decided.len() == 1 && decided[0].ends_with(": approved") == (expected == "approved"),
                    "{name}: {said}"
                );
            }
        }
        if is_receipts {
            assert_eq!(one.verify(&file).code, 0, "{name}: without their key nothing is compared");
        }
        tried += 1;
    }
    assert!(tried > 90, "{tried}");
}

/// In one process each, hundreds of changed bits of every field of every kind of line.
#[test]
fn both_verifiers_find_a_changed_bit_in_any_field_at_the_same_place() {
    let (mut fields, mut differ) = (std::collections::BTreeSet::new(), Vec::new());
    for (kind, seed) in [("published", "1"), ("receipts", "2")] {
        let file = repository(&format!("crates/ledger/tests/golden/v1-{kind}.jsbundle"));
        let whole = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&whole);
        let scope = text.lines().find_map(|line| line.strip_prefix("scope ")).unwrap();
        let flipped = python()
            .arg(repository("crates/cli/tests/cli/flip.py"))
            .args([&repository("docs"), &file])
            .args([scope, seed, "6"])
            .output()
            .unwrap();
        assert!(flipped.status.success(), "{}", String::from_utf8_lossy(&flipped.stderr));
        for line in String::from_utf8(flipped.stdout).unwrap().lines() {
            let (field, byte, bit, said, page): (String, usize, u8, Vec<String>, String) =
                serde_json::from_str(line).unwrap();
            let mut bytes = whole.clone();
            bytes[byte] ^= 1 << bit;
            let own = examine(&bytes, scope, None).unwrap().wrong;
            let at = format!("bit {bit} of byte {byte} of {kind}, in {field}");
            assert!(names(&page, byte), "{at}, on the page: {page}");
            // Log, record, field and first byte: how far a fault reaches is not told by both alike.
            let place = |said: &[String]| {
                let found = said.iter().find(|line| names(&format!("wrong: {line}"), byte));
                let found = found.unwrap_or_else(|| panic!("{at}: {said:?}"));
                found.split_once(": ").unwrap().0.rsplit_once('-').unwrap().0.to_owned()
            };
            if place(&said) != place(&own) {
                differ.push(format!("{at}: {said:?}, {own:?}"));
            }
            fields.insert(field);
        }
    }
    assert_eq!(differ, [] as [String; 0]);
    let kinds = ["head", "run", "record", "header", "body", "receipt", "seal"];
    assert!(kinds.iter().all(|kind| fields.iter().any(|field| field.starts_with(kind))), "{fields:?}");
}

#[test]
fn receipts_count_for_headquarters_where_they_are_named_by_key_or_fingerprint() {
    let folder = repository("crates/ledger/tests/golden");
    let (file, scope) =
        (folder.join("v1-receipts.jsbundle"), "5d10903faa74a85a2415f7ddb8c976cf20fd44927a728964a45162767ed39d59");
    let place = Place { folder: tempfile::tempdir().unwrap(), competition: scope.to_owned() };
    let key = "fd1724385aa0c75b64fb78cd602fa1d991fdebf76b13c58ed702eac835e9f618";
    let other = "ab".repeat(32);
    for (named, wanted, word) in [
        (None, 0, "not compared with the key of headquarters"),
        (Some(key), 0, ": headquarters"),
        (Some("7PX9-FVDR-CS90-TDG6"), 0, ": headquarters"),
        (Some("7px9 fvdr cs9o tdg6"), 0, ": headquarters"),
        (Some(other.as_str()), 3, "not of headquarters, not counted"),
        (Some("7PX9-FVDR-CS90-TDG7"), 3, "not of headquarters, not counted"),
    ] {
        let more: Vec<&str> = named.into_iter().flat_map(|named| ["--headquarters", named]).collect();
        let own = run(&[&["verify", file.to_str().unwrap(), "--scope", scope], more.as_slice()].concat(), "");
        let (code, said) = place.reference_with(&file, more.get(1..).unwrap_or_default());
        assert_eq!((own.code, code), (wanted, wanted), "{named:?}: {}{said}", own.err);
        assert!(own.out.contains(word) && own.out.contains(key), "{named:?}: {}", own.out);
        assert!(said.contains(word) && said.contains(key), "{named:?}: {said}");
    }
    let unnamed = run(&["verify", file.to_str().unwrap(), "--scope", scope, "--headquarters", "7PX9"], "");
    assert_eq!((unnamed.code, unnamed.out.as_str()), (2, ""));
}

/// What the tables of decisions and of who may write what say, and no reader of bundles may forget. Of facts about people the fold says whether they
/// are approved.
#[test]
fn the_reference_verifier_knows_every_fact_of_the_protocol_and_who_approves_it() {
    let protocol = std::fs::read_to_string(repository("docs/protocol.md")).unwrap();
    let verifier = std::fs::read_to_string(repository("docs/verify.py")).unwrap();
    let kinds_of = |head: &str| -> Vec<String> {
        let table = protocol.lines().skip_while(|line| !line.starts_with(head)).skip(2);
        let cells = table.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
        cells.flat_map(|cell| cell.split('`')).filter(|word| word.contains('.')).map(str::to_owned).collect()
    };
    let table = |name: &str| {
        let (_, behind) = verifier.split_once(&format!("\n{name} = {{")).unwrap();
        behind.split_once("\n}").unwrap().0.to_owned()
    };
    let (writers, decisions) = (table("WRITERS"), table("DECISIONS"));
    let written = kinds_of("| fact | roles");
    assert!(written.len() > 35, "{written:?}");
    for kind in &written {
        assert!(
            writers.split([' ', '"']).any(|word| word == kind),
            "{kind} is in the protocol and not in the verifier"
        );
    }
    let decided = kinds_of("| decision | approved by");
    assert!(decided.len() > 12, "{decided:?}");
    for kind in
        decided.iter().filter(|kind| !["officer.key", "judge.key", "officer.key_revoked"].contains(&kind.as_str()))
    {
        assert!(decisions.contains(&format!("\"{kind}\": (")), "{kind} is in the protocol and not in the verifier");
    }
}

#[test]
fn decisions_of_people_who_sign_in_want_their_approvals_in_both() {
    let (place, about) = Place::signed_in();
    let [_, (chief, _), (supervisor, _)] = PEOPLE;
    place.confirm(&about, chief, "chief_judge", chief);
    place.confirm(&about, supervisor, "supervisor", supervisor);
    place.call_as(chief, "results.finalise", &format!(r#"{{{about},"reason":""}}"#));
    place.bundle(&["export", "--what=published"], "approved");
    let own = place.verify(&place.path("approved"));
    let (code, said) = place.reference(&place.path("approved"));
    assert_eq!((own.code, code), (0, 0), "{}{}{said}", own.out, own.err);
    let approved = |said: &str| said.lines().filter(|line| line.ends_with(": approved")).count();
    assert_eq!((approved(&own.out), approved(&said)), (3, 3), "{}{said}", own.out);
    // A supervisor who confirms in the place of the chief judge has no key for it.
    place.call_as(chief, "results.reopen", &format!(r#"{{{about},"reason":"查分"}}"#));
    place.confirm(&about, supervisor, "chief_judge", "模拟乙二");
    place.bundle(&["export", "--what=published"], "lacking");
    let own = place.verify(&place.path("lacking"));
    let (code, said) = place.reference(&place.path("lacking"));
    assert_eq!((own.code, code), (3, 3), "{}{}{said}", own.out, own.err);
    assert!(own.err.contains("lack approvals") && own.out.contains("lacks the approval of chief_judge"), "{}", own.out);
    assert!(said.contains("lacks the approval of chief_judge"), "{said}");
}

#[test]
fn sheets_that_judges_signed_with_keys_of_their_own_are_counted_and_each_that_lacks_it_is_named() {
    let (place, about) = Place::signed_in();
    let judge = place.signs_two(&about);
    let [(organiser, _), (chief, _), (supervisor, _)] = PEOPLE;
    place.confirm(&about, chief, "chief_judge", chief);
    place.confirm(&about, supervisor, "supervisor", supervisor);
    place.call_as(chief, "results.finalise", &format!(r#"{{{about},"reason":"颁奖在即"}}"#));
    place.bundle(&["export", "--what=published"], "approved");
    let own = place.verify(&place.path("approved"));
    let (code, said) = place.reference(&place.path("approved"));
    assert_eq!((own.code, own.err.as_str(), code), (0, "", 0), "{}{said}", own.out);
    for said in [&own.out, &said] {
        assert!(said.contains("decisions sheet.state: 2 approved\n") && !said.contains("lacks"), "{said}");
    }

    // The key was copied, and nothing that was signed with it is trusted.
    let list = place.call_as(organiser, "judges.list", &format!("{{{about}}}"));
    let keys = list["keys"].as_array().unwrap().iter().find(|own| own["judge"] == judge).unwrap()["keys"].clone();
    let (node, key) = (&keys[0]["node"], &keys[0]["key"]);
    let (whole, _) = about.split_once(",\"event\"").unwrap();
    let revoke =
        format!(r#"{{{whole},"judge":{judge},"node":{node},"key":{key},"trusted":[],"reason":"文件夹被拷走"}}"#);
    place.call_as(organiser, "people.revoke_key", &revoke);
    place.bundle(&["export", "--what=published"], "lacking");
    let own = place.verify(&place.path("lacking"));
    let (code, said) = place.reference(&place.path("lacking"));
    assert_eq!((own.code, code), (3, 3), "{}{}{said}", own.out, own.err);
    assert!(own.err.contains("lack approvals"), "{}", own.err);
    for said in [&own.out, &said] {
        let lacks = |line: &&str| line.starts_with("decision ") && line.ends_with("lacks the approval of judge");
        let lacking = said.lines().filter(lacks).count();
        assert_eq!((lacking, said.contains("decisions sheet.state")), (2, false), "{said}");
    }
}

#[test]
fn both_verifiers_name_an_envelope_and_refuse_what_is_longer_than_any_bundle() {
    let place = Place { folder: tempfile::tempdir().unwrap(), competition: "ab".repeat(32) };
    let to = "cd".repeat(32);
    let file = place.path("envelope");
    std::fs::write(&file, format!("jiangsai.envelope.v1\nto {to}\nxyz")).unwrap();
    let own = place.verify(&file);
    assert!(own.code == 1 && own.err.contains("envelope") && own.err.contains(&to), "{}", own.err);
    let (code, said) = place.reference(&file);
    assert!(code == 1 && said.contains("envelope") && said.contains(&to), "{said}");
    let long = std::fs::File::create(place.path("long")).unwrap();
    long.set_len((1 << 30) + 1).unwrap();
    let own = place.verify(&place.path("long"));
    assert!(own.code == 2 && own.err.contains("longer"), "{}", own.err);
}

#[test]
fn results_that_nobody_confirmed_are_told_apart() {
    let mut place = Place { folder: tempfile::tempdir().unwrap(), competition: String::new() };
    let create = r#"{"title":"","event":"","from":"sample"}"#;
    place.competition = place.call("competitions.create", create).as_str().unwrap().to_owned();
    place.bundle(&["export", "--what=published"], "published");
    let own = place.verify(&place.path("published"));
    assert_eq!(own.code, 3, "{}", own.err);
    assert!(own.out.contains("nobody confirmed them") && own.out.contains("without bodies: "), "{}", own.out);
    let (code, said) = place.reference(&place.path("published"));
    assert!(code == 3 && said.contains("not confirmed by"), "its records are as they should be: {said}");
}

/// When v1 was frozen this was recorded: a competition whose names were locked, opened by two of three codes, and whose standings two people
/// confirmed. Every later build reads it and computes those very standings; it is never made anew.
#[test]
fn a_competition_that_was_recorded_is_read_for_ever_with_the_standings_of_then() {
    let folder = repository("tests/data/ledgers");
    let (bundle, said) = (folder.join("v1.jsbundle"), std::fs::read_to_string(folder.join("v1.txt")).unwrap());
    let (scope, said) = said.split_once('\n').unwrap();
    let own = run(&["verify", bundle.to_str().unwrap(), "--scope", scope], "");
    assert_eq!((own.code, own.err.as_str(), own.out.as_str()), (0, "", said));
    assert!(said.contains("as confirmed"), "{said}");
    let output = python().arg(repository("docs/verify.py")).arg(&bundle).arg(scope).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_reference_verifier_reads_what_was_written_when_the_format_was_frozen() {
    for kind in ["records", "published", "receipts"] {
        let bundle = repository(&format!("crates/ledger/tests/golden/v1-{kind}.jsbundle"));
        let bytes = std::fs::read(&bundle).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let scope = text.lines().find_map(|line| line.strip_prefix("scope ")).unwrap();
        let output = python().arg(repository("docs/verify.py")).arg(&bundle).arg(scope).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        // They are of no competition: no event is shown.
        let wanted = if kind == "receipts" { 0 } else { 3 };
        assert_eq!(output.status.code(), Some(wanted), "{said}");
        assert!(said.starts_with(&format!("{kind} sealed by ")), "{said}");
        let own = run(&["verify", bundle.to_str().unwrap(), "--scope", scope], "");
        assert_eq!(own.code, wanted, "{kind}: {}", own.err);
        assert_eq!(own.err.contains("no event is shown"), wanted == 3, "{kind}: {}", own.err);
    }
}
