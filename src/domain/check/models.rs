//! Rules on machine learning models: their owner on the core, and the functions attached to them.

use super::attachments::{Attachment, attachments};
use super::functions::run_as;
use super::group::CheckedGroup;
use super::grouped::FastSet;
use super::path::{is_within, plain};
use super::resources::{add, keyed, resource_name};
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content::{self, Item, OwnerSetting, ResourceData};
use crate::domain::kind::DefinitionKind::{Function, Resource};

pub(super) const RULES: &[Rule] = &needing(
    &[Function, Resource],
    [
        Rule::blocks("model-owner", owner)
            .needing(&[Resource])
            .source("DG gg-troubleshooting:724"),
        Rule::blocks("uncontained-model-owner", uncontained_owner)
            .source("DG access-ml-resources:16; gg-troubleshooting:683"),
        Rule::blocks("uncontained-model-permission", uncontained_permission)
            .source("DG gg-troubleshooting:730"),
        Rule::blocks("model-permission-missing", permission_missing)
            .source("DG gg-troubleshooting:736"),
        Rule::blocks("model-permission-wider", permission_wider)
            .source("DG gg-troubleshooting:742"),
        Rule::blocks("uncontained-model-nested", nested).source("DG gg-troubleshooting:748"),
        Rule::blocks("model-owner-shared", owner_shared)
            .source("DG access-ml-resources:29,30; gg-troubleshooting:754"),
    ],
);

/// The common members of the two forms of a model.
pub(super) struct Model<'a> {
    pub(super) destination: Option<&'a str>,
    owner: Option<&'a OwnerSetting>,
}

impl<'a> Model<'a> {
    pub(super) fn of(data: &'a ResourceData) -> Option<Self> {
        let s3 = data.s3_model.as_ref();
        let s3 = s3.map(|model| (&model.destination_path, &model.owner_setting));
        let sage_maker = data.sage_maker_model.as_ref();
        let sage_maker = sage_maker.map(|model| (&model.destination_path, &model.owner_setting));
        let (destination, owner) = s3.or(sage_maker)?;
        Some(Self {
            destination: destination.as_deref(),
            owner: owner.as_ref(),
        })
    }

    fn group_owner(&self) -> Option<&'a str> {
        self.owner?.group_owner.as_deref()
    }

    fn permission(&self) -> Option<&'a str> {
        self.owner?.group_permission.as_deref()
    }
}

/// The attachments of functions to models.
fn models<'a>(
    group: &CheckedGroup<'a>,
    functions: impl IntoIterator<Item = &'a content::Function>,
) -> impl Iterator<Item = (Attachment<'a>, Model<'a>)> {
    attachments(group, functions).filter_map(|attachment| {
        let model = Model::of(&attachment.resource.data)?;
        Some((attachment, model))
    })
}

fn owner(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (owner, resource) in keyed(group, |data| Model::of(data)?.owner) {
        let problem = match (&owner.group_owner, owner.group_permission.as_deref()) {
            (None, _) => "has no GroupOwner".to_owned(),
            (Some(_), None) => "has no GroupPermission".to_owned(),
            (Some(_), Some("ro" | "rw")) => continue,
            (Some(_), Some(word)) => format!("has GroupPermission {word:?}, which does not exist"),
        };
        let fix = "pick a resource version whose OwnerSetting is complete, or without one";
        add(report, "the OwnerSetting of model", resource, problem, fix);
    }
}

fn uncontained_owner(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (attachment, model) in models(group, group.uncontained()) {
        if model.owner.is_none() {
            let resource = resource_name(attachment.resource);
            report.add_on(
                attachment.function,
                format!(
                    "runs without a container and is attached to model {resource}, \
                     which has no OwnerSetting"
                ),
                "pick a resource version whose model has an OwnerSetting",
            );
        }
    }
}

fn uncontained_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (attachment, _) in models(group, group.uncontained()) {
        if let Some(permission) = attachment.permission {
            let resource = resource_name(attachment.resource);
            report.add_on(
                attachment.function,
                format!(
                    "runs without a container and has permission {permission} for model \
                     {resource}; only the model's OwnerSetting can set it"
                ),
                "pick a function version without that permission",
            );
        }
    }
}

fn permission_missing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (attachment, model) in models(group, group.contained()) {
        if attachment.permission.is_none() && model.permission().is_none() {
            let function = attachment.function.name();
            let resource = resource_name(attachment.resource);
            report.add(
                [&*attachment.function.id],
                format!(
                    "neither {function} nor model {resource} has a permission for the attachment"
                ),
                "pick a function version with ro or rw there, or a resource \
                 version whose OwnerSetting has one",
            );
        }
    }
}

fn permission_wider(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (attachment, model) in models(group, group.contained()) {
        if attachment.permission == Some("rw") && model.permission() == Some("ro") {
            let resource = resource_name(attachment.resource);
            report.add_on(
                attachment.function,
                format!("has permission rw for model {resource}, whose owner has ro"),
                "pick a function version with ro there, or a resource \
                 version whose OwnerSetting has rw",
            );
        }
    }
}

fn nested(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.uncontained() {
        let mut paths: Vec<String> = models(group, [function])
            .filter_map(|(_, model)| plain(model.destination?))
            .collect();
        // By path segments, not by bytes: `/a-b` must not come between `/a` and `/a/b`.
        paths.sort_by(|one, other| one.split('/').cmp(other.split('/')));
        let mut neighbours = paths.iter().zip(paths.iter().skip(1));
        if let Some((outer, inner)) = neighbours.find(|(outer, inner)| is_within(inner, outer)) {
            let places = if outer == inner {
                format!("two models at {outer}")
            } else {
                format!("models at {outer} and, inside of that, at {inner}")
            };
            report.add_on(
                function,
                format!("runs without a container and gets {places}"),
                "pick a resource version with separate destination paths",
            );
        }
    }
}

/// A function with the OS group of a model can read it without being attached.
fn owner_shared(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let owned = keyed(group, |data| Model::of(data)?.group_owner());
    let owned: Vec<(&str, &content::Resource)> = owned.collect();
    for function in group.functions() {
        let run_as = run_as(group, function);
        if run_as.uid == Some(0) {
            continue;
        }
        let gid = run_as.gid.map(|gid| gid.to_string());
        let mut groups: FastSet<&str> = gid.as_deref().into_iter().collect();
        let mut attached: FastSet<&str> = FastSet::default();
        for (attachment, model) in models(group, [function]) {
            attached.insert(&attachment.resource.id);
            groups.extend(model.group_owner());
        }
        for (owner, resource) in &owned {
            if groups.contains(owner) && !attached.contains(&*resource.id) {
                let resource = resource_name(resource);
                report.add_on(
                    function,
                    format!(
                        "has the OS group {owner} that owns model {resource}, but is \
                         not attached to it"
                    ),
                    "pick a function version attached to the model, or a \
                     resource version with another GroupOwner",
                );
            }
        }
    }
}
