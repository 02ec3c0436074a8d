//! Values that are one thing everywhere, or one thing per environment.
//!
//! Owns the two shorthand forms a profile may use. They are read by hand rather than by serde's
//! untagged enums, whose errors ("did not match any variant") name neither the form nor the place.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::de::{MapAccess, SeqAccess, Visitor, value};
use serde::{Deserialize, Deserializer, Serialize};

use super::schema::Map;

/// In a table of [`Names`]: every environment, beside what each has of its own. Spelled out while a
/// profile is read, so no other room meets it.
pub(super) const EVERYWHERE: &str = "*";

/// Names that hold in every environment, or by environment (`"*"` for all of them).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Names {
    Everywhere(Vec<String>),
    In(Map<String, Vec<String>>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Everywhere(Vec::new())
    }
}

impl Names {
    /// The names that hold in `environment`, in the order written.
    pub fn of(&self, environment: &str) -> &[String] {
        match self {
            Self::Everywhere(names) => names,
            Self::In(table) => table.get(environment).map_or(&[], Vec::as_slice),
        }
    }

    /// Every name of any environment, once, in the order written.
    pub fn all(&self) -> Vec<&str> {
        let lists: Vec<&Vec<String>> = match self {
            Self::Everywhere(names) => vec![names],
            Self::In(table) => table.values().collect(),
        };
        let mut seen = HashSet::new();
        lists.into_iter().flatten().map(String::as_str).filter(|name| seen.insert(*name)).collect()
    }

    /// Every list with the environment it is for, none for all.
    pub(super) fn lists(&self) -> Vec<(Option<&str>, &[String])> {
        match self {
            Self::Everywhere(names) => vec![(None, names)],
            Self::In(table) => table.iter().map(|(key, names)| (Some(key.as_str()), &names[..])).collect(),
        }
    }

    /// Every list, to be changed in place.
    pub(super) fn lists_mut(&mut self) -> Vec<&mut Vec<String>> {
        match self {
            Self::Everywhere(names) => vec![names],
            Self::In(table) => table.values_mut().collect(),
        }
    }

    /// Environments named in the table form.
    pub fn environments(&self) -> Vec<&str> {
        match self {
            Self::Everywhere(_) => Vec::new(),
            Self::In(table) => table.keys().map(String::as_str).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of names, or a table from environment to such a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Names, A::Error> {
                Vec::deserialize(value::SeqAccessDeserializer::new(seq)).map(Names::Everywhere)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Names, A::Error> {
                Map::deserialize(value::MapAccessDeserializer::new(map)).map(Names::In)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// One value everywhere, or one for each environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PerEnvironment<T> {
    Everywhere(T),
    In(Map<String, T>),
}

impl<T> PerEnvironment<T> {
    pub fn of(&self, environment: &str) -> Option<&T> {
        match self {
            Self::Everywhere(value) => Some(value),
            Self::In(table) => table.get(environment),
        }
    }

    /// Environments named in the table form.
    pub fn environments(&self) -> Vec<&str> {
        match self {
            Self::Everywhere(_) => Vec::new(),
            Self::In(table) => table.keys().map(String::as_str).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for PerEnvironment<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either(PhantomData<String>);
        impl<'de> Visitor<'de> for Either {
            type Value = PerEnvironment<String>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string, or a table from environment to string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(PerEnvironment::Everywhere(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Map::deserialize(value::MapAccessDeserializer::new(map)).map(PerEnvironment::In)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}
