//! Vietnamese text: normal form, search form, and when two names are the same name.

use std::borrow::Cow;

use super::normal::{composed, decomposed, is_mark, lower_case};

/// The text in Unicode normal form C; borrowed when it is in that form already.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    composed(text)
}

/// The text in lower case without diacritics, for searching: `Đặng Hoà` becomes `dang hoa`.
#[must_use]
pub fn fold_diacritics(text: &str) -> String {
    let plain = |c: char| if c == 'đ' { 'd' } else { c };
    let letters: String = decomposed(text).chars().filter(|c| !is_mark(*c)).collect();
    lower_case(&letters).chars().map(plain).collect()
}

/// Whether two personal names are the same name.
///
/// Case, white space and Unicode form make no difference, nor does the letter of a group of vowels
/// that carries the tone, for which Vietnamese has two spellings: `Hoà` and `Hòa`, `Thuý` and `Thúy`,
/// `Khoẻ` and `Khỏe`. Letters and tones do: `Hoa` is not `Hòa`, `Dung` is not `Dũng`, `Đan` is not `Dan`.
///
/// Each name is decomposed; in every run of vowels the five tone marks are taken from their letters and
/// put behind the run, while the marks that make another letter (ă â ê ô ơ ư, and đ) stay. The names are
/// the same when what results is the same.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || name_key(a) == name_key(b)
}

fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 8);
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        push_word(&mut key, word);
    }
    key
}

fn push_word(key: &mut String, word: &str) {
    let mut tones = String::new();
    let mut in_vowels = false;
    let lower = lower_case(&decomposed(word));
    for c in decomposed(&lower).chars() {
        if in_vowels && is_tone(c) {
            tones.push(c);
        } else if is_mark(c) {
            key.push(c);
        } else {
            in_vowels = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
            if !in_vowels {
                key.extend(tones.drain(..));
            }
            key.push(c);
        }
    }
    key.push_str(&tones);
}

/// Grave (huyền), acute (sắc), tilde (ngã), hook above (hỏi), dot below (nặng).
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn composed_text_is_borrowed() {
        for text in ["", "Ha Noi", "Hà Nội", "Đặng Thị Thuý"] {
            assert!(matches!(nfc(text), Cow::Borrowed(_)), "{text}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(nfc(&decomposed), text);
        }
    }

    #[test]
    fn search_form_has_no_diacritics() {
        assert_eq!(fold_diacritics("Đặng Thị Thuý HOÀ"), "dang thi thuy hoa");
        assert_eq!(fold_diacritics("đ\u{1b0}ờng Ơ Ư Ă Â Ê Ô"), "duong o u a a e o");
    }

    #[test]
    fn spellings_of_one_name() {
        let same = [
            ("Hoà", "Hòa"), ("Thuý", "Thúy"), ("Khoẻ", "Khỏe"), ("quý", "quý"), ("Hoà", "HOÀ"), ("Luỹ", "Lũy"),
            ("Nguyễn Văn  An", " nguyễn văn an "), ("Hoàng", "HOÀNG"), ("Huệ", "Hue\u{302}\u{323}"),
            ("Nguyễn\u{a0}An", "Nguyễn An"), ("Đỗ", "ĐỖ"), ("H'Hen Niê", "h'hen niê"),
        ];
        for (a, b) in same {
            assert!(same_name(a, b), "{a} {b}");
            assert!(same_name(&a.nfd().collect::<String>(), b), "{a} {b}");
            assert!(same_name(a, &b.nfd().collect::<String>()), "{a} {b}");
        }
    }

    #[test]
    fn different_names() {
        let different = [
            ("Hoa", "Hòa"), ("Hoà", "Hóa"), ("Dung", "Dũng"), ("Đan", "Dan"), ("Hân", "Hăn"), ("Hoan", "Hoản"),
            ("Thu Ý", "Thuý"), ("An Bình", "Bình An"), ("Hưng", "Hung"), ("Núñez", "Nunez"), ("José", "Jóse"), ("", "An"),
        ];
        for (a, b) in different {
            assert!(!same_name(a, b), "{a} {b}");
        }
    }
}
