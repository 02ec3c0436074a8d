//! Narrowing a run to some services and variables, by their names.

use super::failures;
use super::session::{Project, Session};
use crate::finding::Finding;
use crate::profile::{Profile, nearest};
use crate::seed::Spot;

impl Session {
    /// Narrows every later step to these services and variables; `SERVICE/VARIABLE` is one variable of one service.
    ///
    /// # Errors
    /// When the profile has neither a service nor a variable of a name, or the service does not use the variable.
    pub fn narrow(&mut self, names: &[String]) -> Result<(), Finding> {
        let project = self.project.as_mut().ok_or_else(failures::no_profile_open)?;
        let (mut services, variables): (Vec<String>, Vec<String>) =
            names.iter().cloned().partition(|name| project.profile().services.contains_key(name));
        let mut spots = variables.iter().map(|name| project.spot(name)).collect::<Result<Vec<_>, _>>()?;
        let single: Vec<String> = spots.iter().filter_map(|spot| Some(spot.service()?.to_owned())).collect();
        if !single.is_empty() {
            // A service that is named whole stays whole beside them.
            let whole = services.iter().flat_map(|service| project.variables_of(service));
            spots.extend(whole.collect::<Vec<_>>());
            services.extend(single);
        }
        if !services.is_empty() {
            let known = project.profile().services.keys();
            project.services = known.filter(|name| services.contains(name)).cloned().collect();
        }
        self.request.variables.extend(spots);
        Ok(())
    }
}

impl Project {
    pub(super) fn spot(&self, name: &str) -> Result<Spot, Finding> {
        let profile = self.profile();
        let spot: Spot = name.parse().unwrap_or_else(|never: std::convert::Infallible| match never {});
        let known = match spot.service() {
            Some(service) => self.variables_of(service).contains(&spot),
            None => profile.variable(name).is_some(),
        };
        match known {
            true => Ok(spot),
            false => Err(failures::neither(name, near(self, profile, name).as_deref())),
        }
    }

    /// All that `service` has to do with in this environment.
    fn variables_of(&self, service: &str) -> Vec<Spot> {
        let contract = self.profile().contract(service, &self.environment).unwrap_or_default();
        contract.into_iter().map(|entry| Spot::of(service, entry.variable)).collect()
    }
}

fn near(project: &Project, profile: &Profile, name: &str) -> Option<String> {
    let single = profile.services.keys().flat_map(|service| project.variables_of(service));
    let single: Vec<String> = single.filter(|_| name.contains('/')).map(|spot| spot.to_string()).collect();
    let known = profile.services.keys().chain(profile.variables.keys()).chain(&single);
    nearest(name, known.map(String::as_str)).map(str::to_owned)
}
