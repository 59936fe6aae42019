//! The personal identification number.

/// Whose a number is, as its fourth digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// An even digit.
    Male,
    /// An odd digit.
    Female,
}

/// What a personal number says about the person: Decree 137/2015/NĐ-CP article 13, Circular 59/2021/TT-BCA article 4.
///
/// Twelve digits: three for the place where the birth was registered, one for the century and the sex, two for the year
/// of birth, six without meaning. A number never changes, not when provinces merge either: the place tells nothing about
/// where the person lives now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonalId<'a> {
    /// The code of the place of registration.
    pub place: &'a str,
    /// The sex.
    pub sex: Sex,
    /// The year of birth.
    pub birth_year: i32,
}

impl<'a> PersonalId<'a> {
    /// Reads twelve digits; the place may be any.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<PersonalId<'a>> {
        if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let century_and_sex: i32 = text.get(3..4)?.parse().ok()?;
        let year_of_century: i32 = text.get(4..6)?.parse().ok()?;
        Some(PersonalId {
            place: text.get(..3)?,
            sex: if century_and_sex % 2 == 0 { Sex::Male } else { Sex::Female },
            birth_year: 1900 + century_and_sex / 2 * 100 + year_of_century,
        })
    }
}

/// The province of a code, as it was named when the codes were given.
///
/// The table has the 63 provinces. Births that were registered abroad have the code of a country, which it has not.
#[must_use]
pub fn registration_province(code: &str) -> Option<&'static str> {
    PROVINCES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Circular 07/2016/TT-BCA, kept by Circular 59/2021/TT-BCA article 4.
const PROVINCES: [(&str, &str); 63] = [
    ("001", "Hà Nội"),
    ("002", "Hà Giang"),
    ("004", "Cao Bằng"),
    ("006", "Bắc Kạn"),
    ("008", "Tuyên Quang"),
    ("010", "Lào Cai"),
    ("011", "Điện Biên"),
    ("012", "Lai Châu"),
    ("014", "Sơn La"),
    ("015", "Yên Bái"),
    ("017", "Hòa Bình"),
    ("019", "Thái Nguyên"),
    ("020", "Lạng Sơn"),
    ("022", "Quảng Ninh"),
    ("024", "Bắc Giang"),
    ("025", "Phú Thọ"),
    ("026", "Vĩnh Phúc"),
    ("027", "Bắc Ninh"),
    ("030", "Hải Dương"),
    ("031", "Hải Phòng"),
    ("033", "Hưng Yên"),
    ("034", "Thái Bình"),
    ("035", "Hà Nam"),
    ("036", "Nam Định"),
    ("037", "Ninh Bình"),
    ("038", "Thanh Hóa"),
    ("040", "Nghệ An"),
    ("042", "Hà Tĩnh"),
    ("044", "Quảng Bình"),
    ("045", "Quảng Trị"),
    ("046", "Thừa Thiên Huế"),
    ("048", "Đà Nẵng"),
    ("049", "Quảng Nam"),
    ("051", "Quảng Ngãi"),
    ("052", "Bình Định"),
    ("054", "Phú Yên"),
    ("056", "Khánh Hòa"),
    ("058", "Ninh Thuận"),
    ("060", "Bình Thuận"),
    ("062", "Kon Tum"),
    ("064", "Gia Lai"),
    ("066", "Đắk Lắk"),
    ("067", "Đắk Nông"),
    ("068", "Lâm Đồng"),
    ("070", "Bình Phước"),
    ("072", "Tây Ninh"),
    ("074", "Bình Dương"),
    ("075", "Đồng Nai"),
    ("077", "Bà Rịa - Vũng Tàu"),
    ("079", "TP. Hồ Chí Minh"),
    ("080", "Long An"),
    ("082", "Tiền Giang"),
    ("083", "Bến Tre"),
    ("084", "Trà Vinh"),
    ("086", "Vĩnh Long"),
    ("087", "Đồng Tháp"),
    ("089", "An Giang"),
    ("091", "Kiên Giang"),
    ("092", "Cần Thơ"),
    ("093", "Hậu Giang"),
    ("094", "Sóc Trăng"),
    ("095", "Bạc Liêu"),
    ("096", "Cà Mau"),
];
