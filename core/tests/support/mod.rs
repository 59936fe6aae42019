//! What the tests share.

pub mod answers;
pub mod pack;
