//! The JSON Schema (draft 2020-12) of everything that hosts see, made from the types themselves; from it the generator
//! writes the declarations of TypeScript and Python. Only the feature `schema` has it: nothing of it is shipped.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json, json};

use super::{
    Citations, Cited, Codes, Decision, FactView, LevelAnswer, LevelRequest, Objection, OutlineView, PackView, ProblemDocument, ProcedureView, Promise,
    Request, StepPlan, StepsRequest, VerdictAnswer,
};
use crate::value::{Date, Decimal};

/// The schema of all host types: each stands in `$defs` by the name that hosts know it by.
#[must_use]
pub fn host_schema() -> Json {
    let mut told = SchemaSettings::draft2020_12().for_serialize().into_generator();
    told.subschema_for::<Decision>();
    told.subschema_for::<VerdictAnswer>();
    told.subschema_for::<ProblemDocument>();
    told.subschema_for::<Objection>();
    told.subschema_for::<PackView>();
    told.subschema_for::<ProcedureView>();
    told.subschema_for::<FactView>();
    told.subschema_for::<OutlineView>();
    told.subschema_for::<StepPlan>();
    told.subschema_for::<LevelAnswer>();
    #[cfg(feature = "assess")]
    told.subschema_for::<super::AssessmentReport>();
    #[cfg(feature = "simulate")]
    told.subschema_for::<super::ComparisonView>();
    #[cfg(feature = "author")]
    told.subschema_for::<super::DiagnosticView>();
    let mut asked = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    asked.subschema_for::<Request>();
    asked.subschema_for::<Promise>();
    asked.subschema_for::<StepsRequest>();
    asked.subschema_for::<LevelRequest>();
    let mut types: Map<String, Json> = told.take_definitions(true);
    types.values_mut().for_each(absent_is_not_null);
    types.extend(asked.take_definitions(true));
    types.sort_keys();
    json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "What hosts of thutuc see", "$defs": types })
}

/// A member that is told only where there is one is never null.
fn absent_is_not_null(schema: &mut Json) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let Some(Json::Object(members)) = schema.get_mut("properties") else { return };
    let optional = members.iter_mut().filter(|(name, _)| !required.as_array().is_some_and(|all| all.contains(&json!(name))));
    for (_, member) in optional {
        if let Some(Json::Array(types)) = member.get_mut("type") {
            types.retain(|one| one != "null");
        }
    }
}

/// A text with a schema of its own name.
macro_rules! text {
    ($name:literal, $($schema:tt)*) => {
        fn schema_name() -> Cow<'static, str> {
            Cow::Borrowed($name)
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "string", $($schema)* })
        }
    };
}

impl JsonSchema for Date {
    text!("Day", "format": "date", "description": "A day, `YYYY-MM-DD`.");
}

impl JsonSchema for Decimal {
    text!("Exact", "format": "decimal", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "description": "A number as exact text.");
}

/// What is written as a list of others.
macro_rules! list {
    ($type:ty, $item:ty) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                Vec::<$item>::schema_name()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                Vec::<$item>::json_schema(generator)
            }
        }
    };
}
list!(Citations<'_>, Cited<'_>);
list!(Codes<'_>, String);

/// A day and a time as ISO text.
pub struct LocalDateTime;

impl JsonSchema for LocalDateTime {
    text!(
        "LocalDateTime",
        "format": "local-date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}",
        "description": "A day and a time in Vietnam (UTC+07:00), `YYYY-MM-DDTHH:MM` or with seconds."
    );
}

/// The language of the answer.
pub struct Lang;

impl JsonSchema for Lang {
    text!("Lang", "enum": ["vi", "en"], "description": "The language of the answer.");
}
