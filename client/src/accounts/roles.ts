import { texts } from "./texts";

/** From the fewest rights to all. */
export const roles = ["viewer", "coach", "admin"];

export function roleName(role: string): string {
  return texts.roles[role] ?? role;
}

/** The roles as choices of a list, with what each may do. */
export function roleChoices(): { value: string; label: string }[] {
  return roles.map((role) => ({
    value: role,
    label: texts.roleAndRights(roleName(role), texts.theyMay[role] ?? ""),
  }));
}
