//! Which passwords may be chosen: long ones, whatever they are made of.

use super::folded;
use crate::envelope::Refusal;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;
/// Most characters of a password: none that a person chooses is longer, and hashing is paid for by the length.
pub const LONGEST_PASSWORD: usize = 200;

/// Those of at least twelve characters that people choose most often, and what a guesser of this program would try.
const COMMON: [&str; 32] = [
    "123456789012",
    "1234567890123",
    "12345678901234567890",
    "012345678901",
    "123456123456",
    "123412341234",
    "123123123123",
    "112233445566",
    "123456789abc",
    "1234567890ab",
    "1234567890qwe",
    "abcd12345678",
    "abc123456789",
    "abc123abc123",
    "abcdefghijkl",
    "a123456789012",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "qwertyuiop[]",
    "1qaz2wsx3edc",
    "1q2w3e4r5t6y",
    "zxcvbnm123456",
    "password1234",
    "passwordpassword",
    "administrator",
    "admin123456789",
    "iloveyou1314",
    "woaini1314520",
    "woaini520520",
    "jiangsai1234",
    "jiangsaijiangsai",
];

/// May somebody of this name choose this password? Any characters, no rules about which: only its length, the name itself, one sign over and over, and
/// the most common ones.
///
/// # Errors
/// `password-short`, `password-long`, `password-name`, `password-common`.
pub fn check_password(name: &str, password: &str) -> Result<(), Refusal> {
    let count = password.chars().count();
    if count < SHORTEST_PASSWORD {
        return Err(Refusal::new("password-short").with("least", SHORTEST_PASSWORD));
    }
    if count > LONGEST_PASSWORD {
        return Err(Refusal::new("password-long").with("most", LONGEST_PASSWORD));
    }
    let own = folded(password);
    if is_made_of(&own, &folded(name)) {
        return Err(Refusal::new("password-name"));
    }
    let first = own.chars().next();
    if COMMON.contains(&own.as_str()) || own.chars().all(|letter| Some(letter) == first) {
        return Err(Refusal::new("password-common"));
    }
    Ok(())
}

/// Is it the name, once or over and over?
fn is_made_of(password: &str, name: &str) -> bool {
    !name.is_empty() && password.replace(name, "").trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, password: &str) -> Option<&'static str> {
        check_password(name, password).err().map(|refusal| refusal.code)
    }

    #[test]
    fn long_ones_will_do_whatever_they_are_made_of() {
        for good in ["秋天的湖面上有三只野鸭子", "correct horse battery", "            ab", "🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆x"]
        {
            assert_eq!(refused("模拟甲", good), None, "{good}");
        }
        assert_eq!(refused("模拟甲", &"长短".repeat(100)), None, "two hundred");
    }

    #[test]
    fn short_ones_the_name_and_the_most_common_ones_are_refused() {
        assert_eq!(refused("a", "elevenchars"), Some("password-short"));
        assert_eq!(refused("a", "十一个字的密码是不够长"), Some("password-short"), "characters, not bytes");
        assert_eq!(refused("a", &"长".repeat(201)), Some("password-long"));
        assert_eq!(refused("Wang.Xiaoming", "wang.xiaoming"), Some("password-name"));
        assert_eq!(refused("lihua", "LihuaLihuaLihua"), Some("password-name"));
        assert_eq!(refused("a", "Password1234"), Some("password-common"));
        assert_eq!(refused("b", "aaaaaaaaaaaaaaa"), Some("password-common"));
        for common in COMMON {
            assert_eq!(refused("模拟乙", common), Some("password-common"), "{common} is long enough to be on the list");
        }
    }
}
