import { texts } from "./texts";

/** From the fewest rights to all. */
export const roles = ["viewer", "coach", "admin"];

export function roleName(role: string): string {
  return texts.roles[role] ?? role;
}
