import type { Coach } from "../../protocol";
import { integer, optionalPassword, optionalUrl, text } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";
import { texts } from "./texts";

export const rules = {
  name: text(2, 40),
  age: integer(18, 100),
  picture: optionalUrl,
  username: text(2, 40, { optional: true }),
  password: optionalPassword,
};

export function toValues(coach: Coach | null): Values {
  return {
    name: coach?.name ?? "",
    age: coach?.age ?? "",
    picture: coach?.picture ?? "",
    username: coach?.username ?? "",
    password: "",
  };
}

export function toData(field: string, value: unknown): unknown {
  if (field === "password") return value === "" ? undefined : value;
  const content = String(value).trim();
  return field === "age" ? Number(content) : content;
}

export function describe(field: string, value: unknown): string {
  if (field === "password") return "••••••••";
  return value === "" || value == null ? texts.empty : String(value);
}
