//! A menu of other accounts: another profile, another region, another group.

use super::menu::{Menu, MenuRow};
use crate::app::command::Command;
use crate::app::effect::AccountChoice;
use crate::app::keymap::KeyContext;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::view::{Searchable, View};
use crate::domain::region::REGIONS;

/// One entry to switch to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    Groups,
    To(AccountChoice),
}

/// The entries to switch to.
#[derive(Debug)]
pub struct AccountMenu {
    pub menu: Menu<Switch>,
}

impl AccountMenu {
    pub fn new(session: &Session) -> Self {
        let mut rows = vec![MenuRow::new(
            "group    another group".to_owned(),
            Switch::Groups,
        )];
        if !session.launch().is_sandbox {
            let connected = session.connected();
            let profile_now = connected.and_then(|connected| connected.profile.as_deref());
            let region_now = connected.map(|connected| connected.region.as_str());
            let here = |is_here: bool| if is_here { "  (now)" } else { "" };
            if *session.connection().choice() != AccountChoice::default() {
                rows.push(MenuRow::new(
                    "start    profile and region of the start".to_owned(),
                    Switch::To(AccountChoice::default()),
                ));
            }
            for profile in session.connection().profiles() {
                let mark = here(profile_now == Some(profile));
                let choice = AccountChoice {
                    profile: Some(profile.to_owned()),
                    region: None,
                };
                rows.push(MenuRow::new(
                    format!("profile  {profile}{mark}"),
                    Switch::To(choice),
                ));
            }
            for region in REGIONS {
                let mark = here(region_now == Some(region));
                // An explicit profile would take precedence over the environment's credentials.
                let choice = AccountChoice {
                    profile: session.connection().choice().profile.clone(),
                    region: Some(region.to_owned()),
                };
                rows.push(MenuRow::new(
                    format!("region   {region}{mark}"),
                    Switch::To(choice),
                ));
            }
        }
        Self {
            menu: Menu::new(rows),
        }
    }
}

impl View for AccountMenu {
    fn context(&self) -> KeyContext {
        KeyContext::Accounts
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        Some(&self.menu)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        Some(&mut self.menu)
    }

    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        if self.menu.command(command, session) {
            return Transition::Stay;
        }
        match (command, self.menu.selected()) {
            (Command::Back, _) => Transition::Close,
            (Command::Open, Some(Switch::Groups)) => Transition::ToGroups,
            (Command::Open, Some(Switch::To(choice))) => Transition::Connect(choice.clone()),
            (_, _) => Transition::Stay,
        }
    }
}
