//! The overlays above a screen: help, texts, lists to choose from, dialogs.

pub mod account_menu;
pub mod base_history;
pub mod calls;
pub mod definition_name;
pub mod deployment;
pub mod fixes;
pub mod help;
pub mod menu;
pub mod pager;
pub mod question;
pub mod rebase_dialog;
pub mod swap;
pub mod where_used;

use account_menu::AccountMenu;
use base_history::BaseHistory;
use calls::Calls;
use definition_name::DefinitionName;
use deployment::DeploymentView;
use fixes::Fixes;
use help::Help;
use pager::Pager;
use question::Question;
use rebase_dialog::RebaseDialog;
use swap::Swap;
use where_used::WhereUsed;

use super::view::View;

/// The list of overlays. The macro `$then` gets the variant, the type and the module of each.
macro_rules! overlays {
    ($then:ident) => {
        $then! {
            Help help,
            Calls calls,
            Pager pager,
            BaseHistory base_history,
            DefinitionName definition_name,
            DeploymentView deployment,
            Fixes fixes,
            WhereUsed where_used,
            AccountMenu account_menu,
            Question question,
            RebaseDialog rebase_dialog,
            Swap swap,
        }
    };
}
pub(crate) use overlays;

macro_rules! overlay_enum {
    ($($name:ident $module:ident,)*) => {
        /// One view above a screen.
        #[derive(Debug)]
        pub enum Overlay {
            $($name(Box<$name>),)*
        }

        impl Overlay {
            pub fn view(&self) -> &dyn View {
                match self {
                    $(Self::$name(view) => &**view,)*
                }
            }

            pub fn view_mut(&mut self) -> &mut dyn View {
                match self {
                    $(Self::$name(view) => &mut **view,)*
                }
            }
        }

        $(impl From<$name> for Overlay {
            fn from(view: $name) -> Self {
                Self::$name(Box::new(view))
            }
        })*
    };
}
overlays!(overlay_enum);
