//! The bundle.
use super::program::CompiledPack;
use std::sync::Arc;
pub(super) fn hash(_: &CompiledPack) -> Arc<str> { "".into() }
pub struct BadBundle;
pub fn read_bundle(_: &[u8]) -> Result<CompiledPack, BadBundle> { Err(BadBundle) }
pub fn write_bundle(_: &CompiledPack) -> Vec<u8> { Vec::new() }
