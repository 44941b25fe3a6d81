import type { ComponentType } from "react";
import type { Schema, Schemas } from "./schema";

export interface FieldProps {
  label: string;
  value: unknown;
  /** Undefined: it is not sent. */
  onChange: (value: unknown) => void;
  schema: Schema;
  schemas: Schemas;
  required: boolean;
  /** What the server's last answer says of it: messages, or those of each part. */
  errors: unknown;
}

/** Of what has fields in it: `field` draws one of them, of any schema. */
export interface ContainerProps extends FieldProps {
  field: ComponentType<FieldProps>;
}
