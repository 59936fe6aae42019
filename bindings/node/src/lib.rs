//! `thutuc` in Node.js: decode, call, encode. What JavaScript sees is written beside this crate; this is what it stands
//! on. Requests and decisions cross as JSON text, the facts and the verdicts of the hot path as numbers.

mod case;
mod files;
mod job;
mod kept;
mod many;
mod numbers;
mod pack;
mod refusal;
mod session;

pub use case::{NativeCase, decision, verdict_with, verdicts};
pub use numbers::add_calls;
pub use pack::{NativePack, provoke_panic, wrong_argument};
pub use session::NativeSession;
