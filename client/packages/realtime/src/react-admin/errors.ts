/** Refusals as react-admin has errors: by status, and with messages for the fields of a form. */
import type { Code, Errors } from "../protocol/messages.js";
import type { Refused } from "../adapters/confirmed.js";

const STATUS: { readonly [K in Code]?: number } = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  in_use: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** Has what ra-core's `HttpError` has. */
export class RealtimeError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  /** `errors`: the messages by field, for a form; absent where none is about a field. */
  readonly body: { readonly errors?: FieldErrors };

  constructor(message: string, status: number, errors?: FieldErrors) {
    super(message);
    this.status = status;
    this.body = errors && Object.keys(errors).length > 0 ? { errors } : {};
  }
}

export interface FieldErrors {
  [field: string]: string | FieldErrors;
}

export function errorOf({ message, code, errors }: Refused): RealtimeError {
  const status = (code && STATUS[code]) ?? 400;
  return new RealtimeError(message, status, code === "invalid" ? fieldsOf(errors) : undefined);
}

/** Without the line for a person. */
function fieldsOf(errors: Errors): FieldErrors {
  const fields = Object.entries(errors).filter(([field]) => field !== "errors");
  return Object.fromEntries(
    fields.map(([field, found]) => {
      if (typeof found === "string") return [field, found];
      return [field, Array.isArray(found) ? found.join(" ") : fieldsOf(found)];
    }),
  );
}
