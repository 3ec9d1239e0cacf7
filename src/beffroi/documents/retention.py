from beffroi.audit.retention import Rule, declare

declare(
    Rule("documents.RegisterYear"),
    Rule(
        "documents.Attachment",
        personal=("name", "file", "received_from"),
        keep="avec la demande à laquelle la pièce est jointe",
        with_parent="requests.Request",
    ),
)
