//! Names and numbers of people who do not exist.

use super::random::Stream;

const FAMILY: &[&str] = &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
const MIDDLE: &[&str] = &["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Quang", "Thu", "Hữu", "Kim", "Xuân", "Gia"];
const GIVEN: &[&str] = &[
    "An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai", "Nam",
    "Nga", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Vân", "Yến",
];

/// Places of registration of births: those of the largest provinces.
const PLACES: &[&str] = &["001", "022", "031", "038", "040", "048", "075", "079", "092"];

/// A name.
#[must_use]
pub fn name(stream: Stream) -> String {
    let one = |n: u64, of: &[&'static str]| of.get(stream.below(n, of.len() as u64) as usize).copied().unwrap_or("");
    format!("{} {} {}", one(0, FAMILY), one(1, MIDDLE), one(2, GIVEN))
}

/// A personal number of the right structure; the year of birth between 1900 and 2399.
#[must_use]
pub fn personal_id(stream: Stream, year: i32, female: bool) -> String {
    let place = PLACES.get(stream.below(0, PLACES.len() as u64) as usize).copied().unwrap_or("001");
    let year = year.clamp(1900, 2399) - 1900;
    let century_and_sex = year / 100 * 2 + i32::from(female);
    format!("{place}{century_and_sex}{:02}{:06}", year % 100, stream.below(1, 1_000_000))
}

/// A telephone number in a range that no one has: it begins with `0000`.
#[must_use]
pub fn phone(stream: Stream) -> String {
    format!("0000{:06}", stream.below(0, 1_000_000))
}
