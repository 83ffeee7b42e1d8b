//! A data folder in trouble: what a person is told, in either language.

use crate::{open, template};
use jiangsai_app::in_words;
use jiangsai_locales::Lang;
use jiangsai_store::StoreError;

#[tokio::test]
async fn a_folder_that_is_held_says_so_in_the_language_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let _held = template(&folder).await;
    let error = open(&folder).await.err().unwrap();
    assert_eq!(error.code, "in-use");
    let said = |language| in_words(&error, language).message;
    assert_eq!(said("zh-CN"), jiangsai_locales::text(Lang::Zh, "error-in-use", &[]));
    assert_eq!(said("en"), jiangsai_locales::text(Lang::En, "error-in-use", &[]));
    assert_eq!(said("fr"), error.message, "as it came, in a language nobody here speaks");
}

#[test]
fn every_trouble_of_a_folder_has_a_sentence_in_both_languages() {
    let io = std::io::Error::other("x");
    for error in [
        StoreError::InUse,
        StoreError::ReadOnly,
        StoreError::DiskFull,
        StoreError::Newer("m20991231_later".into()),
        StoreError::Corrupt(String::new()),
        StoreError::NotDurable(String::new()),
        StoreError::UnknownScope,
        StoreError::KeyLocked("the keychain sleeps".into()),
        StoreError::KeyMissing("0123abcd".into()),
        StoreError::KeyElsewhere,
        StoreError::Io(io),
    ] {
        let args = error.args();
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let key = format!("error-{}", error.code());
        let [zh, en] = Lang::ALL.map(|lang| jiangsai_locales::text(lang, &key, &args));
        assert!(zh != key && zh.contains(['。', '：']), "{key}: {zh}");
        assert!(en.is_ascii() && en.contains(' '), "{key}: {en}");
        for (_, value) in args {
            assert!(zh.contains(value) && en.contains(value), "{key} names {value}");
        }
    }
}
