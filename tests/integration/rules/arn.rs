//! ARNs of definition versions: valid texts, their parts, and unchanged output.

use greengroup::domain::arn::group_version_ids;
use greengroup::domain::{DefinitionKind, DefinitionVersionArn};
use rstest::rstest;

const START: &str = "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/";

/// The path segments are those of AWS's Service Authorization Reference for Greengrass V1.
#[rstest]
#[case(DefinitionKind::Core, "cores")]
#[case(DefinitionKind::Device, "devices")]
#[case(DefinitionKind::Function, "functions")]
#[case(DefinitionKind::Connector, "connectors")]
#[case(DefinitionKind::Resource, "resources")]
#[case(DefinitionKind::Subscription, "subscriptions")]
#[case(DefinitionKind::Logger, "loggers")]
fn every_kind_parses_in_every_partition(
    #[case] kind: DefinitionKind,
    #[case] segment: &str,
    #[values(
        ("aws", "eu-central-1"),
        ("aws-cn", "cn-north-1"),
        ("aws-us-gov", "us-gov-west-1")
    )]
    (partition, region): (&str, &str),
    #[values("/", "")] slash: &str,
    #[values(
        ("7b29296c-6583-458d-9315-8f6c52e28012", "55aa01c2-658b-4cba-89e5-f98dd47bdd1c", "55aa01c2"),
        ("line 3", "é:1", "é:1"),
        ("versions", "1", "1")
    )]
    (definition, version, short): (&str, &str, &str),
) {
    let text = format!(
        "arn:{partition}:greengrass:{region}:111122223333:{slash}greengrass/definition/{segment}/{definition}/versions/{version}"
    );
    let arn: DefinitionVersionArn = text.parse().unwrap();
    assert_eq!(arn.kind(), kind);
    assert_eq!(
        (arn.definition(), arn.version(), arn.short()),
        (definition, version, short)
    );
    let parts = arn.parts();
    assert_eq!(
        (parts.partition, parts.region, parts.account),
        (partition, region, "111122223333")
    );
    assert_eq!((arn.as_str(), arn.to_string().as_str()), (&*text, &*text));
    let json = serde_json::to_string(&arn).unwrap();
    assert_eq!(
        serde_json::from_str::<DefinitionVersionArn>(&json).unwrap(),
        arn
    );
}

#[rstest]
#[case::nothing("", "an ARN has six parts")]
#[case::five_parts("arn:aws:greengrass:eu-central-1:111122223333", "an ARN has six parts")]
#[case::no_arn(
    "press-line-3",
    "arn:partition:greengrass:region:account:/greengrass/…"
)]
#[case::partition(
    "arn:aws-mars:greengrass:eu-central-1:111122223333:/greengrass/definition/cores/a/versions/b",
    "\"aws-mars\" is not a partition; the partitions are aws, aws-cn and aws-us-gov"
)]
#[case::service(
    "arn:aws:lambda:eu-central-1:111122223333:function:cam:12",
    "\"lambda\" is not the service greengrass"
)]
#[case::second_generation(
    "arn:aws:greengrassv2:eu-central-1:111122223333:/greengrass/definition/cores/a/versions/b",
    "\"greengrassv2\" is not the service greengrass"
)]
#[case::no_region(
    "arn:aws:greengrass::111122223333:/greengrass/definition/cores/a/versions/b",
    "\"\" is not a region"
)]
#[case::odd_region(
    "arn:aws:greengrass:EU:111122223333:/greengrass/definition/cores/a/versions/b",
    "\"EU\" is not a region"
)]
#[case::short_account(
    "arn:aws:greengrass:eu-central-1:1111:/greengrass/definition/cores/a/versions/b",
    "\"1111\" is not an account id of 12 digits"
)]
#[case::arabic_digits(
    "arn:aws:greengrass:eu-central-1:١١١١٢٢٢٢٣٣٣٣:/greengrass/definition/cores/a/versions/b",
    "is not an account id of 12 digits"
)]
fn other_arn_is_refused_with_the_part(#[case] text: &str, #[case] words: &str) {
    let refusal = text.parse::<DefinitionVersionArn>().unwrap_err();
    assert!(refusal.to_string().contains(words), "{refusal}");
}

#[rstest]
#[case::definition("cores/a", "names no version; one that ends in /versions/ID is needed")]
#[case::kind("lamps/a/versions/b", "\"greengrass/definition/lamps/a/versions/b\"")]
#[case::singular("core/a/versions/b", "is not the path of a definition version")]
#[case::no_definition("cores//versions/b", "is not the path of a definition version")]
#[case::no_id("cores/a/versions/", "is not the path of a definition version")]
#[case::more_path("cores/a/versions/b/c", "is not the path of a definition version")]
#[case::control("cores/a/versions/b\u{1b}", "is not the path of a definition version")]
fn invalid_version_path_is_refused(#[case] path: &str, #[case] words: &str) {
    let refusal = format!("{START}{path}")
        .parse::<DefinitionVersionArn>()
        .unwrap_err();
    assert!(refusal.to_string().contains(words), "{refusal}");
}

#[test]
fn the_longest_arn_is_that_of_aws() {
    let room = 2048 - START.len() - "cores/a/versions/".len();
    let of_length = |length: usize| {
        let version = "v".repeat(length);
        format!("{START}cores/a/versions/{version}").parse::<DefinitionVersionArn>()
    };
    assert_eq!(of_length(room).unwrap().version().len(), room);
    let refusal = of_length(room + 1).unwrap_err();
    assert_eq!(refusal.to_string(), "an ARN has at most 2048 bytes");
}

#[rstest]
#[case("arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/g/versions/v")]
#[case("arn:aws-us-gov:greengrass:us-gov-west-1:111122223333:greengrass/groups/g/versions/v")]
fn the_ids_of_a_group_version_are_read(#[case] text: &str) {
    let (group, version) = group_version_ids(text).unwrap();
    assert_eq!((group.as_str(), version.as_str()), ("g", "v"));
    assert!(text.parse::<DefinitionVersionArn>().is_err());
}
