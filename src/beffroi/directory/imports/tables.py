"""The tables of HSDS, from its first edition to 3.1, and what Beffroi does with each."""

_PLURALS = {
    "organizations": "organization", "programs": "program", "services": "service",
    "attributes": "attribute", "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location", "locations": "location", "phones": "phone",
    "contacts": "contact", "addresses": "address", "schedules": "schedule",
    "fundings": "funding", "service_areas": "service_area",
    "required_documents": "required_document", "languages": "language",
    "accessibilities": "accessibility", "taxonomy_terms": "taxonomy_term",
    "meta_table_descriptions": "meta_table_description", "cost_options": "cost_option",
    "organization_identifiers": "organization_identifier", "taxonomies": "taxonomy",
    "service_capacities": "service_capacity", "units": "unit", "urls": "url",
    "regular_schedules": "regular_schedule", "physical_addresses": "physical_address",
    "postal_addresses": "postal_address", "services_taxonomy": "service_taxonomy",
    "service_taxonomies": "service_taxonomy", "eligibilities": "eligibility",
    "holiday_schedules": "holiday_schedule", "payments_accepted": "payment_accepted",
}  # fmt: skip

_COLUMNS = {
    "organization": "alternate_name description email id legal_status logo name"
    " parent_organization_id tax_id tax_status uri website year_incorporated",
    "program": "alternate_name description id name organization_id",
    "service": "accreditations alert alternate_name application_process assured_date"
    " assurer_email description eligibility_description email fees fees_description id"
    " interpretation_services last_modified licenses maximum_age minimum_age name"
    " organization_id program_id status url wait_time",
    "attribute": "id label link_entity link_id link_type taxonomy_term_id value",
    "service_at_location": "description id location_id service_id",
    "location": "alternate_name description external_identifier external_identifier_type id"
    " latitude location_type longitude name organization_id transportation url",
    "phone": "contact_id description extension id location_id number organization_id"
    " service_at_location_id service_id type",
    "contact": "department email id location_id name organization_id service_at_location_id"
    " service_id title",
    "address": "address_1 address_2 address_type attention city country id location_id"
    " postal_code region state_province",
    "schedule": "attending_type byday bymonthday byweekno byyearday closes_at count description"
    " dtstart freq id interval location_id notes opens_at schedule_link"
    " service_at_location_id service_id timezone until valid_from valid_to wkst",
    "funding": "id organization_id service_id source",
    "service_area": "description extent extent_type id name service_at_location_id service_id uri",
    "required_document": "document id service_id uri",
    "language": "code id location_id name note phone_id service_id",
    "accessibility": "description details id location_id url",
    "taxonomy_term": "code description id language name parent_id taxonomy taxonomy_id term_uri",
    "metadata": "field_name id last_action_date last_action_type previous_value"
    " replacement_value resource_id resource_type updated_by",
    "meta_table_description": "character_set id language name",
    "cost_option": "amount amount_description currency id option service_id valid_from valid_to",
    "organization_identifier": "id identifier identifier_scheme identifier_type organization_id",
    "taxonomy": "description id name uri version",
    "service_capacity": "available description id maximum service_id unit_id updated",
    "unit": "id identifier name scheme uri",
    "url": "id label organization_id service_id url",
}
#: Tables and columns of the first editions (1.0 to 2.0), made into those of today on reading.
_FIRST = {
    "regular_schedule": "id service_id location_id service_at_location_id weekday opens_at"
    " closes_at original_text",
    "physical_address": "id location_id organization_id attention address_1 address_2 city region"
    " state_province postal_code country",
    "postal_address": "id location_id organization_id attention address_1 address_2 city region"
    " state_province postal_code country",
    "service_taxonomy": "id service_id taxonomy_id taxonomy_detail",
    "eligibility": "id service_id eligibility",
    "accessibility_for_disabilities": "id location_id accessibility details",
    "holiday_schedule": "id service_id location_id service_at_location_id closed opens_at"
    " closes_at start_date end_date",
    "payment_accepted": "id service_id payment",
}
_FIRST_COLUMNS = {
    "organization": "url",
    "phone": "language department",
    "language": "language",
    "service_area": "service_area",
    "taxonomy": "parent_id parent_name vocabulary taxonomy_facet",
}

#: table → its columns.
COLUMNS = {
    table: frozenset(f"{names} {_FIRST_COLUMNS.get(table, '')}".split())
    for table, names in {**_COLUMNS, **_FIRST}.items()
}
#: Things that others refer to: a row without an id is of no use. Any other row can do without.
REFERRED = frozenset(
    {"organization", "service", "location", "service_at_location", "taxonomy", "taxonomy_term"}
)
#: any name a file or resource may bear → table.
TABLES = {**{table: table for table in COLUMNS}, **_PLURALS}
#: Tables that Beffroi has no place for. Contacts are read only to know whose phone it is: the
#: names of persons stay where they are.
UNUSED = frozenset(
    {
        "program", "funding", "metadata", "meta_table_description", "organization_identifier",
        "service_capacity", "unit", "holiday_schedule", "payment_accepted",
    }
)  # fmt: skip
