-- When it was recorded that nobody could tell how an operation ended.
CREATE INDEX audit_unknown_by_operation ON audit (property_id, operation_id, number) WHERE action IN ('operation-unknown');
