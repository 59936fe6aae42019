//! Suppositions: a parameter with another value than the law gives it, to see what that would do.

use std::sync::Arc;

use thiserror::Error;

use super::{Change, DatedValue, Pack, ParameterValue};
use crate::diagnostics::nearest;
use crate::value::Value;

/// A parameter that no file of the pack declares.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no parameter `{name}` in the pack{}", near.as_ref().map_or_else(String::new, |near| format!("; did you mean `{near}`?")))]
pub struct UnknownParameter {
    /// The parameter.
    pub name: String,
    /// The nearest that is declared.
    pub near: Option<String>,
}

/// The pack, supposing that some parameters had these values on all days on which they have any, known or not. Where the value
/// comes from stays cited as it is: a supposition is no law.
///
/// # Errors
/// [`UnknownParameter`] for the first that no procedure and no vocabulary declares.
pub fn suppose(mut pack: Pack, values: &[(Arc<str>, Value)]) -> Result<Pack, UnknownParameter> {
    for (name, value) in values {
        let parameters = pack.procedures.iter_mut().flat_map(|procedure| &mut procedure.parameters);
        let parameters = parameters.chain(pack.vocabularies.iter_mut().flat_map(|vocabulary| &mut vocabulary.parameters));
        let mut found = false;
        for parameter in parameters.filter(|parameter| parameter.name.value == *name) {
            found = true;
            replace(&mut parameter.values, value);
        }
        if !found {
            let procedures = pack.procedures.iter().flat_map(|procedure| &procedure.parameters);
            let names = procedures.chain(pack.vocabularies.iter().flat_map(|vocabulary| &vocabulary.parameters)).map(|parameter| &*parameter.name.value);
            return Err(UnknownParameter { name: name.to_string(), near: nearest(name, names).map(str::to_owned) });
        }
        for change in pack.amendments.iter_mut().flat_map(|amendment| &mut amendment.changes) {
            if let Change::Parameter { name: changed, values } = change
                && changed.value == *name
            {
                replace(values, value);
            }
        }
    }
    Ok(pack)
}

fn replace(values: &mut [DatedValue], value: &Value) {
    values.iter_mut().for_each(|dated| dated.value = ParameterValue::Known(value.clone()));
}
