//! The way along the endpoints of one list. They share a store, so what one did not answer the next may
//! take. Nothing of a ticket goes to one whose policy does not list its data centre, and nothing of
//! somebody's goes with another's token.

use super::Shell;
use super::task::time_limit;
use crate::platform::endpoint::Endpoint;
use crate::state::{Fault, State};
use partner_rules::Dc;
use partner_rules::wire::PolicyView;
use std::rc::Rc;

pub(super) struct Route {
    shell: Shell,
    identity: u32,
    bases: Vec<Rc<str>>,
    dc: Dc,
}

impl Route {
    /// First where it was meant to go, then where the page sends things now.
    pub(super) fn new(shell: &Shell, first: &[Rc<str>], dc: Dc, state: &State) -> Self {
        let mut bases = first.to_vec();
        for base in state.options.endpoints.iter() {
            if !bases.contains(base) {
                bases.push(Rc::clone(base));
            }
        }
        Self {
            shell: shell.clone(),
            identity: shell.tokens.identity(),
            bases,
            dc,
        }
    }

    pub(super) fn bases(&self) -> &[Rc<str>] {
        &self.bases
    }

    pub(super) fn endpoint(&self, base: &Rc<str>) -> Endpoint {
        self.shell.endpoint_for(Rc::clone(base), self.identity)
    }

    /// Whether this one may be asked. `probe`: also if it has shown its policy before, since a question
    /// without anything of a ticket tells whether anybody is there.
    pub(super) async fn serves(&self, base: &Rc<str>, probe: bool) -> Result<bool, Fault> {
        if !probe && self.shell.served.knows(base, self.dc) {
            return Ok(true);
        }
        let endpoint = self.endpoint(base);
        let policy = endpoint.get_public("/v1/policy", &time_limit()).await;
        let view: PolicyView = policy.map_err(|bad| bad.fault)?;
        let serves = view.dcs.contains(&self.dc);
        if serves {
            self.shell.served.learn(base, self.dc);
        }
        Ok(serves)
    }
}
