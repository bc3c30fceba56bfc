//! Single mistakes, each at a random place of a group; those that no static check can find have a reason.

use fastrand::Rng;
use greengroup::domain::DefinitionKind::{
    self, Connector, Core, Device, Function, Logger, Resource, Subscription,
};
use serde_json::{Value, json};

use super::connector_table::guide;
use super::sound::SoundGroup;

/// One kind of mistake.
#[derive(Clone, Copy)]
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    /// Returns false if the group has nothing to break in this way.
    pub(crate) apply: fn(&mut SoundGroup, &mut Rng) -> bool,
}

const fn mutation(name: &'static str, apply: fn(&mut SoundGroup, &mut Rng) -> bool) -> Mutation {
    Mutation { name, apply }
}

pub(crate) const MUTATIONS: &[Mutation] = &[
    mutation("a required parameter is gone", |group, rng| {
        change_parameter(group, rng, true, |parameters, name| {
            parameters.as_object_mut().unwrap().remove(name);
        })
    }),
    mutation("a parameter is misspelt", |group, rng| {
        change_parameter(group, rng, false, |parameters, name| {
            let value = parameters.as_object_mut().unwrap().remove(name).unwrap();
            parameters[format!("{}{}", name[..1].to_lowercase(), &name[2..])] = value;
        })
    }),
    mutation("a number is a word", |group, rng| {
        let is_number = |value: &str| value.parse::<u64>().is_ok();
        change_value(group, rng, |_, value| is_number(value), "some")
    }),
    mutation("a path is relative", |group, rng| {
        let is_path =
            |name: &str, value: &str| value.starts_with('/') && !name.starts_with("MLModel");
        change_value(group, rng, is_path, "data/x")
    }),
    mutation("an ARN is a name", |group, rng| {
        change_value(group, rng, |_, value| value.starts_with("arn:"), "alarms")
    }),
    mutation("JSON is damaged", |group, rng| {
        change_value(
            group,
            rng,
            |_, value| value.starts_with(['{', '[']),
            "{\"a\": ",
        )
    }),
    mutation("a connector's name is misspelt", |group, rng| {
        change(group, rng, Connector, |item| {
            replace(&mut item["ConnectorArn"], "/versions/", "s/versions/")
        })
    }),
    mutation("a connector's version does not exist", |group, rng| {
        change(group, rng, Connector, |item| {
            let arn = item["ConnectorArn"].as_str().unwrap();
            let head = arn.rfind('/').unwrap();
            item["ConnectorArn"] = json!(format!("{}/99", &arn[..head]));
            true
        })
    }),
    mutation("a connector is there twice", |group, rng| {
        let connectors = group.items(Connector);
        let Some(mut again) = rng.choice(connectors.iter()).cloned() else {
            return false;
        };
        again["Id"] = json!("again");
        connectors.push(again);
        true
    }),
    mutation(
        "the resource of a connector is of another kind",
        |group, rng| {
            let used = used_by_connectors(group);
            change(group, rng, Resource, |item| {
                let other = json!({"LocalVolumeResourceData":
                {"SourcePath": "/srv/other", "DestinationPath": "/other"}});
                let is_volume =
                    item["ResourceDataContainer"]["LocalVolumeResourceData"].is_object();
                let is_used = used.contains(&item["Id"].as_str().unwrap().to_owned());
                if is_used && !is_volume {
                    item["ResourceDataContainer"] = other;
                }
                is_used && !is_volume
            })
        },
    ),
    mutation(
        "the path of a connector's resource is another one",
        |group, rng| {
            let used = used_by_connectors(group);
            change(group, rng, Resource, |item| {
                let is_used = used.contains(&text(&item["Id"]).to_owned());
                let data = item["ResourceDataContainer"].as_object_mut().unwrap();
                let data = data.values_mut().next().unwrap();
                let member = if data["DestinationPath"].is_string() {
                    "DestinationPath"
                } else {
                    "SourcePath"
                };
                let is_changed = is_used && data[member].is_string();
                if is_changed {
                    data[member] = json!(format!("{}7", text(&data[member])));
                }
                is_changed
            })
        },
    ),
    mutation(
        "the secret of a connector's resource is another one",
        |group, rng| {
            let used = used_by_connectors(group);
            change(group, rng, Resource, |item| {
                let is_used = used.contains(&item["Id"].as_str().unwrap().to_owned());
                let arn =
                    &mut item["ResourceDataContainer"]["SecretsManagerSecretResourceData"]["ARN"];
                is_used && replace(arn, ":secret:greengrass-", ":secret:greengrass-new-")
            })
        },
    ),
    mutation("the training job is another one", |group, rng| {
        let used = used_by_connectors(group);
        change(group, rng, Resource, |item| {
            let is_used = used.contains(&text(&item["Id"]).to_owned());
            let model =
                &mut item["ResourceDataContainer"]["SageMakerMachineLearningModelResourceData"];
            let (from, to) = ("training-job/", "training-job/new-");
            is_used && replace(&mut model["SageMakerJobArn"], from, to)
        })
    }),
    mutation("a training job is an endpoint", |group, rng| {
        change(group, rng, Resource, |item| {
            let model =
                &mut item["ResourceDataContainer"]["SageMakerMachineLearningModelResourceData"];
            replace(&mut model["SageMakerJobArn"], "training-job/", "endpoint/")
        })
    }),
    mutation("a model's address has no s3://", |group, rng| {
        change(group, rng, Resource, |item| {
            let model = &mut item["ResourceDataContainer"]["S3MachineLearningModelResourceData"];
            replace(&mut model["S3Uri"], "s3://", "")
        })
    }),
    mutation("a secret is a parameter", |group, rng| {
        change(group, rng, Resource, |item| {
            let secret = &mut item["ResourceDataContainer"]["SecretsManagerSecretResourceData"];
            replace(&mut secret["ARN"], ":secretsmanager:", ":ssm:")
        })
    }),
    mutation("stream manager is gone", |group, rng| {
        let needs = [
            "IoTSiteWise/versions/12",
            "IoTEIPProtocolAdaptor",
            "ModbusTCPConnector",
        ];
        let arns = Value::from(group.items(Connector).clone()).to_string();
        needs.iter().any(|need| arns.contains(need))
            && remove(group, rng, Function, |item| {
                text(&item["FunctionArn"]).contains("GGStreamManager")
            })
    }),
    mutation("stream manager is not pinned", |group, rng| {
        change(group, rng, Function, |item| {
            let is_it = text(&item["FunctionArn"]).contains("GGStreamManager");
            if is_it {
                item["FunctionConfiguration"]["Pinned"] = json!(false);
            }
            is_it
        })
    }),
    mutation("a topic is not the connector's", |group, rng| {
        change(group, rng, Subscription, |item| {
            let end = |member: &str| text(&item[member]).to_owned();
            let (source, target) = (end("Source"), end("Target"));
            let is_changed = source.contains(":/connectors/")
                || (target.contains(":/connectors/") && !target.contains("IoTAnalytics"));
            if is_changed {
                item["Subject"] = json!("plant/other");
            }
            is_changed
        })
    }),
    mutation(
        "a connector moves on without its subscriptions",
        |group, rng| {
            let named = endpoints(group);
            change(group, rng, Connector, |item| {
                let arn = text(&item["ConnectorArn"]).to_owned();
                let version = if arn.ends_with("/1") { "2" } else { "1" };
                item["ConnectorArn"] =
                    json!(format!("{}{version}", &arn[..=arn.rfind('/').unwrap()]));
                named.contains(&arn)
            })
        },
    ),
    mutation(
        "a function moves on without its subscriptions",
        |group, rng| {
            let named = endpoints(group);
            change(group, rng, Function, |item| {
                let arn = text(&item["FunctionArn"]).to_owned();
                item["FunctionArn"] = json!(format!("{}:77", arn.rsplit_once(':').unwrap().0));
                named.contains(&arn)
            })
        },
    ),
    mutation("a function has two qualifiers", |group, rng| {
        change(group, rng, Function, |item| {
            item["FunctionArn"] = json!(format!("{}:1", text(&item["FunctionArn"])));
            true
        })
    }),
    mutation("a function has no qualifier", |group, rng| {
        change(group, rng, Function, |item| {
            let arn = text(&item["FunctionArn"]).to_owned();
            item["FunctionArn"] = json!(arn.rsplit_once(':').unwrap().0);
            true
        })
    }),
    mutation("a system function is misspelt", |group, rng| {
        change(group, rng, Function, |item| {
            replace(&mut item["FunctionArn"], ":function:GG", ":function:GGG")
        })
    }),
    mutation("a function of a subscription is gone", |group, rng| {
        let named = endpoints(group);
        remove(group, rng, Function, |item| {
            named.contains(&text(&item["FunctionArn"]).to_owned())
        })
    }),
    mutation("a device of a subscription is gone", |group, rng| {
        let named = endpoints(group);
        remove(group, rng, Device, |item| {
            named.contains(&text(&item["ThingArn"]).to_owned())
        })
    }),
    mutation("a resource that is used is gone", |group, rng| {
        let used = used_by_connectors(group);
        remove(group, rng, Resource, |item| {
            used.contains(&text(&item["Id"]).to_owned())
        })
    }),
    mutation("the core is gone", |group, _| {
        group.slots.remove(&Core).is_some()
    }),
    mutation("there are two cores", |group, _| {
        let cores = group.items(Core);
        let mut again = cores[0].clone();
        again["Id"] = json!("again");
        cores.push(again);
        true
    }),
    mutation("an id has a blank", |group, rng| {
        change_any(group, rng, |item| {
            item["Id"] = json!("an id");
        })
    }),
    mutation("an id is there twice", |group, rng| {
        let kinds: Vec<DefinitionKind> = group.slots.keys().copied().collect();
        let kind = rng.choice(kinds).unwrap();
        let items = group.items(kind);
        let Some(again) = rng.choice(items.iter()).cloned() else {
            return false;
        };
        items.push(again);
        true
    }),
    mutation("megabytes for kilobytes", |group, rng| {
        change(group, rng, Function, |item| {
            let size = &mut item["FunctionConfiguration"]["MemorySize"];
            let is_number = size.is_number();
            if is_number {
                *size = json!(128);
            }
            is_number
        })
    }),
    mutation("a function in a container has no memory", |group, rng| {
        change(group, rng, Function, |item| {
            let configuration = item["FunctionConfiguration"].as_object_mut().unwrap();
            configuration.remove("MemorySize").is_some()
        })
    }),
    mutation("an environment name has a hyphen", |group, rng| {
        change(group, rng, Function, |item| {
            item["FunctionConfiguration"]["Environment"]["Variables"]["LOG-LEVEL"] = json!("debug");
            true
        })
    }),
    mutation("a permission is misspelt", |group, rng| {
        change(group, rng, Function, |item| {
            let path = "/FunctionConfiguration/Environment/ResourceAccessPolicies/0/Permission";
            let permission = item.pointer_mut(path);
            permission.map(|held| *held = json!("wr")).is_some()
        })
    }),
    mutation("an isolation mode is misspelt", |group, rng| {
        change(group, rng, Function, |item| {
            let own = &mut item["FunctionConfiguration"]["Environment"]["Execution"];
            own["IsolationMode"] = json!("None");
            true
        })
    }),
    mutation("a logger's level is misspelt", |group, rng| {
        change(group, rng, Logger, |item| {
            item["Level"] = json!("WARNING");
            true
        })
    }),
    mutation("a thing is of another account", |group, rng| {
        let kind = if rng.bool() { Core } else { Device };
        change(group, rng, kind, |item| {
            replace(&mut item["ThingArn"], ":111122223333:", ":999999999999:")
        })
    }),
    mutation("a device has the core's certificate", |group, rng| {
        let certificate = group.items(Core)[0]["CertificateArn"].clone();
        change(group, rng, Device, |item| {
            item["CertificateArn"] = certificate.clone();
            true
        })
    }),
    mutation("a subscription goes from cloud to cloud", |group, rng| {
        change(group, rng, Subscription, |item| {
            item["Source"] = json!("cloud");
            item["Target"] = json!("cloud");
            true
        })
    }),
    mutation("a topic has a # in the middle", |group, rng| {
        change(group, rng, Subscription, |item| {
            item["Subject"] = json!("plant/#/state");
            true
        })
    }),
    mutation("the shadow service is named by an ARN", |group, rng| {
        change(group, rng, Subscription, |item| {
            item["Target"] = json!("arn:aws:lambda:::function:GGShadowService:1");
            true
        })
    }),
    mutation("a volume is in /sys", |group, rng| {
        change(group, rng, Resource, |item| {
            let volume = &mut item["ResourceDataContainer"]["LocalVolumeResourceData"];
            replace(&mut volume["SourcePath"], "/", "/sys/")
        })
    }),
    mutation("a device is no file in /dev", |group, rng| {
        change(group, rng, Resource, |item| {
            let device = &mut item["ResourceDataContainer"]["LocalDeviceResourceData"];
            replace(&mut device["SourcePath"], "/dev/", "/srv/")
        })
    }),
    mutation("the spooler's storage type is misspelt", |group, rng| {
        change(group, rng, Function, |item| {
            let variables = &mut item["FunctionConfiguration"]["Environment"]["Variables"];
            replace(
                &mut variables["GG_CONFIG_STORAGE_TYPE"],
                "FileSystem",
                "Filesystem",
            )
        })
    }),
    mutation("a setting of stream manager is misspelt", |group, rng| {
        change(group, rng, Function, |item| {
            let variables = &mut item["FunctionConfiguration"]["Environment"]["Variables"];
            let value = variables
                .as_object_mut()
                .and_then(|all| all.remove("STREAM_MANAGER_STORE_ROOT_DIR"));
            value
                .map(|value| variables["STREAM_MANAGER_STORAGE_ROOT_DIR"] = value)
                .is_some()
        })
    }),
    mutation("a subscription is there twice", |group, rng| {
        let subscriptions = group.items(Subscription);
        let Some(mut again) = rng.choice(subscriptions.iter()).cloned() else {
            return false;
        };
        again["Id"] = json!("again");
        subscriptions.push(again);
        true
    }),
];

pub(crate) const UNKNOWABLE: &[(Mutation, &str)] = &[
    (
        mutation(
            "another version in function and subscription",
            |group, rng| {
                let functions = group.items(Function).clone();
                let own = |item: &&Value| !text(&item["FunctionArn"]).contains(":::");
                let Some(function) = rng.choice(functions.iter().filter(own).collect::<Vec<_>>())
                else {
                    return false;
                };
                let arn = text(&function["FunctionArn"]).to_owned();
                let other = format!("{}:77", arn.rsplit_once(':').unwrap().0);
                for content in group.slots.values_mut() {
                    *content =
                        serde_json::from_str(&content.to_string().replace(&arn, &other)).unwrap();
                }
                true
            },
        ),
        "the versions of a Lambda function are in another service",
    ),
    (
        mutation("another topic between functions and cloud", |group, rng| {
            change(group, rng, Subscription, |item| {
                let ends = format!("{}{}", item["Source"], item["Target"]);
                if !ends.contains("/connectors/") {
                    item["Subject"] = json!("plant/other");
                }
                !ends.contains("/connectors/")
            })
        }),
        "the topics of a function are in its code",
    ),
    (
        mutation("another certificate", |group, rng| {
            change(group, rng, Device, |item| {
                item["CertificateArn"] = json!(format!("{}0", text(&item["CertificateArn"])));
                true
            })
        }),
        "the certificates of a thing are in another service",
    ),
    (
        mutation("a timeout of one second", |group, rng| {
            change(group, rng, Function, |item| {
                item["FunctionConfiguration"]["Timeout"] = json!(1);
                true
            })
        }),
        "the time that a function needs is unknown",
    ),
    (
        mutation("another value of a variable of a function", |group, rng| {
            change(group, rng, Function, |item| {
                let variables = &mut item["FunctionConfiguration"]["Environment"]["Variables"];
                replace(&mut variables["LEVEL"], "warn", "wran")
            })
        }),
        "the values are known to the function's code only",
    ),
    (
        mutation(
            "another bucket, key or account of a third party",
            |group, rng| {
                let free = [
                    "DockerComposeFileS3Key",
                    "TWILIO_ACCOUNT_SID",
                    "InstanceName",
                ];
                change_value(group, rng, |name, _| free.contains(&name), "other")
            },
        ),
        "names outside of Greengrass can be any text",
    ),
];

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Replaces a part of a text; false if the text or the part is absent.
fn replace(value: &mut Value, from: &str, to: &str) -> bool {
    let Some(held) = value.as_str().filter(|held| held.contains(from)) else {
        return false;
    };
    *value = json!(held.replacen(from, to, 1));
    true
}

/// Tries to change the items of a slot in turn, from a random one on, until one is changed.
fn change(
    group: &mut SoundGroup,
    rng: &mut Rng,
    kind: DefinitionKind,
    apply: impl Fn(&mut Value) -> bool,
) -> bool {
    if !group.slots.contains_key(&kind) {
        return false;
    }
    let items = group.items(kind);
    let start = rng.usize(0..items.len().max(1));
    (0..items.len()).any(|step| {
        let at = (start + step) % items.len();
        let mut changed = items[at].clone();
        let is_changed = apply(&mut changed);
        if is_changed {
            items[at] = changed;
        }
        is_changed
    })
}

fn change_any(group: &mut SoundGroup, rng: &mut Rng, apply: impl Fn(&mut Value)) -> bool {
    let kinds: Vec<DefinitionKind> = group.slots.keys().copied().collect();
    let kind = rng.choice(kinds).unwrap();
    change(group, rng, kind, |item| {
        apply(item);
        true
    })
}

fn remove(
    group: &mut SoundGroup,
    rng: &mut Rng,
    kind: DefinitionKind,
    is_meant: impl Fn(&Value) -> bool,
) -> bool {
    if !group.slots.contains_key(&kind) {
        return false;
    }
    let items = group.items(kind);
    let meant: Vec<usize> = (0..items.len())
        .filter(|at| is_meant(&items[*at]))
        .collect();
    rng.choice(meant).map(|at| items.remove(at)).is_some()
}

/// The sources and targets of subscriptions.
fn endpoints(group: &mut SoundGroup) -> Vec<String> {
    let ends = |item: &Value| {
        [
            text(&item["Source"]).to_owned(),
            text(&item["Target"]).to_owned(),
        ]
    };
    let subscriptions = group.slots.get(&Subscription);
    let items = subscriptions.map(|content| content["Subscriptions"].as_array().unwrap().clone());
    items.unwrap_or_default().iter().flat_map(ends).collect()
}

/// The ids of resources in connectors.
fn used_by_connectors(group: &mut SoundGroup) -> Vec<String> {
    let connectors = group.slots.get(&Connector);
    let items = connectors.map(|content| content["Connectors"].as_array().unwrap().clone());
    let items = items.unwrap_or_default();
    let parameters = items
        .iter()
        .filter_map(|item| item["Parameters"].as_object());
    parameters
        .flatten()
        .filter(|(name, _)| name.ends_with("ResourceId"))
        .map(|(_, id)| text(id).to_owned())
        .collect()
}

/// Changes the parameters of a connector, given the name of one of them, optionally a required one.
fn change_parameter(
    group: &mut SoundGroup,
    rng: &mut Rng,
    is_required: bool,
    apply: impl Fn(&mut Value, &str),
) -> bool {
    let choice = rng.usize(..);
    change(group, rng, Connector, |item| {
        let arn = text(&item["ConnectorArn"]).to_owned();
        let names: Vec<String> = item["Parameters"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, value)| {
                !text(value).is_empty() && (!is_required || guide::is_required(&arn, name))
            })
            .map(|(name, _)| name.clone())
            .collect();
        let Some(name) = names.get(choice % names.len().max(1)) else {
            return false;
        };
        apply(&mut item["Parameters"], name);
        true
    })
}

fn change_value(
    group: &mut SoundGroup,
    rng: &mut Rng,
    is_meant: impl Fn(&str, &str) -> bool,
    value: &str,
) -> bool {
    let choice = rng.usize(..);
    change(group, rng, Connector, |item| {
        let parameters = item["Parameters"].as_object_mut();
        let mut meant: Vec<&mut Value> = parameters
            .into_iter()
            .flatten()
            .filter(|(name, held)| is_meant(name, text(held)))
            .map(|(_, held)| held)
            .collect();
        let count = meant.len().max(1);
        let Some(held) = meant.get_mut(choice % count) else {
            return false;
        };
        **held = json!(value);
        true
    })
}
