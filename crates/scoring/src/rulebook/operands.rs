//! The operands of an aggregate: one expression or a list of them, with panels and trims laid out flat.

use super::Expr;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Operands of `sum`, `mean`, `trim` and the like. In JSON a single operand stands alone, several stand in a list. An operand that
/// is itself a list (a panel, a trim) contributes each of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operands(pub Vec<Expr>);

impl Operands {
    /// A single operand.
    #[must_use]
    pub fn one(of: Expr) -> Self {
        Self(vec![of])
    }
}

impl Serialize for Operands {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [single] => single.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Operands {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Operands;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an expression or a list of expressions")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Operands, E> {
                Expr::deserialize(StrDeserializer::new(text)).map(Operands::one)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Operands, A::Error> {
                Expr::deserialize(MapAccessDeserializer::new(map)).map(Operands::one)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Operands, A::Error> {
                let mut all = Vec::new();
                while let Some(of) = seq.next_element()? {
                    all.push(of);
                }
                Ok(Operands(all))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

impl JsonSchema for Operands {
    fn schema_name() -> Cow<'static, str> {
        "Operands".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let expr = generator.subschema_for::<Expr>();
        json_schema!({
            "description": "One expression, or a list of them. An operand that is itself a list contributes each of its values.",
            "anyOf": [expr, { "type": "array", "items": expr, "minItems": 1 }]
        })
    }
}
