"""Prints the operations of Greengrass V1 as AWS's own machine model (botocore) has them, one a line:

Name METHOD path status | request members | response members
"""

import botocore.session

model = botocore.session.get_session().get_service_model("greengrass")
for name in sorted(model.operation_names):
    operation = model.operation_model(name)
    # The wire name is the one in locationName, where there is one: "tags", not "Tags".
    wire = lambda shape: sorted(
        member.serialization.get("name", key) for key, member in (shape.members if shape else {}).items()
    )
    http = operation.http
    print(
        name, http["method"], http["requestUri"], http.get("responseCode", 200),
        "|", *wire(operation.input_shape), "|", *wire(operation.output_shape),
    )
