//! Which variables are meant, where not all are.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A variable, wherever it is used or in one service: `VARIABLE` or `SERVICE/VARIABLE`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    service: Option<String>,
    variable: String,
}

impl Spot {
    pub fn of(service: &str, variable: &str) -> Self {
        Self { service: Some(service.to_owned()), variable: variable.to_owned() }
    }

    pub fn everywhere(variable: &str) -> Self {
        Self { service: None, variable: variable.to_owned() }
    }

    /// The service meant; `None` for all that use it.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    pub fn variable(&self) -> &str {
        &self.variable
    }

    /// Whether `variable` of `service` is meant.
    pub fn is_of(&self, service: &str, variable: &str) -> bool {
        self.variable == variable && self.service.as_deref().is_none_or(|own| own == service)
    }
}

impl FromStr for Spot {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        // Names of variables have no slash.
        Ok(text
            .rsplit_once('/')
            .map_or_else(|| Self::everywhere(text), |(service, variable)| Self::of(service, variable)))
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.service {
            Some(service) => write!(f, "{service}/{}", self.variable),
            None => f.write_str(&self.variable),
        }
    }
}

impl Serialize for Spot {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_service_or_of_all() {
        let (one, all): (Spot, Spot) = ("apps/api/KEY".parse().unwrap(), "KEY".parse().unwrap());
        assert_eq!((one.to_string().as_str(), all.to_string().as_str()), ("apps/api/KEY", "KEY"));
        assert!(one.is_of("apps/api", "KEY") && !one.is_of("web", "KEY") && !one.is_of("apps/api", "OTHER"));
        assert!(all.is_of("apps/api", "KEY") && all.is_of("web", "KEY") && !all.is_of("web", "OTHER"));
    }
}
