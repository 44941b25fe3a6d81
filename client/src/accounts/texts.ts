import { counted } from "../ui/base/locale";
import { room } from "../ui/base/language";

const english = {
  roles: { admin: "admin", coach: "coach", viewer: "viewer" } as Record<string, string>,
  theyMay: {
    admin: "may change everything, accounts too",
    coach: "may change classes, plans and moves",
    viewer: "may look at everything",
  } as Record<string, string>,
  youMay: {
    admin: "As an admin you can change everything, and manage accounts.",
    coach: "As a coach you can change classes, plans and moves, and your own profile.",
    viewer:
      "As a viewer you can look at everything. To change something, ask an admin for another role.",
  } as Record<string, string>,
  titleOf: (what: string, username: string): string => `${what}: ${username}`,
  questionOf: (what: string, username: string): string => `${what}: “${username}”`,
  chooseAnotherRole: "First choose another role.",
  changeRole: "Change role",
  setPassword: "Set password",
  deleteAccount: "Delete account",
  resetLink: "Make password link",
  delete: "Delete",
  isDeleted: (username: string): string => `${username} is deleted`,
  isNow: (username: string, role: string): string => `${username} is now ${role}`,
  hasNewPassword: (username: string): string => `${username} has a new password`,
  canSignIn: (username: string): string => `${username} can sign in`,
  close: "Close",
  cancel: "Cancel",
  role: "Role",
  moreRights: (username: string): string => `This gives more rights to the account “${username}”.`,
  newPassword: "New password",
  sessionsEnd: (username: string): string => `${username} will be signed out everywhere.`,
  deletes: (role: string): string =>
    `The username, the password and the role (${role}) are deleted, and this person is signed out everywhere.`,
  coachStays: (name: string): string => `The coach ${name} stays, without an account.`,
  noWayBack: "This cannot be undone.",
  giveRightsOf: (role: string): string => `Give the rights of ${role}`,
  signIn: "Sign in",
  accounts: "Accounts",
  whoCanSignIn: "Who can sign in, and what they may do",
  newAccount: "New account",
  notAvailable: "Not available",
  username: "Username",
  coach: "Coach",
  lastSeen: "Last seen",
  actions: "Actions",
  never: "Never",
  password: "Password",
  none: "None",
  passwordHint: "At least 8 characters",
  yourAccount: "Your account",
  ifCoach: "If this person is one of your coaches",
  makeAccount: "Add account",
  fillIn: "Please fill this in.",
  passwordIsChanged: "Your password is changed. You are signed out on your other devices.",
  changePassword: "Change password",
  currentPassword: "Current password",
  signedInAs: (username: string, name: string): string =>
    name === username ? `Signed in as ${username}` : `${name}, signed in as ${username}`,
  hasRole: (role: string): string => `Role: ${role}`,
  myProfile: "My profile",
  myClasses: "My classes",
  everybodysAccounts: "Everybody's accounts",
  linkExplained: (username: string): string =>
    `With this link ${username} can choose a new password. The link works once, for an hour. The old password works until a new one is set.`,
  linkFor: (username: string): string => `Link for ${username}`,
  linkEnds: (time: string): string =>
    `Works once, until ${time}. Copy it now: it is not shown again. Send it only to this person.`,
  copied: "Copied",
  copyLink: "Copy link",
  makeLink: "Make link",
  done: "Done",
  yourPasswordIsChanged: "Your password is changed",
  withIt: "with your new password.",
  linkOver: "This link does not work any more",
  linkMissing: "Open the link that an admin gave you",
  askForAnother: "A link works once, for an hour. Ask an admin of the gym for another.",
  teamOnly: "Only for the gym's team.",
  askAnAdmin: "Forgot your password? An admin can give you a link to choose another.",
  signOut: "Sign out",
  unsent: (count: number): string =>
    `Sign out with ${counted(count, { one: "unsent edit", other: "unsent edits" })}?`,
  cannotKeep: (count: number): string =>
    `This browser could not save ${count === 1 ? "it" : "them"}. If you sign out, ${count === 1 ? "it is" : "they are"} lost.`,
  keepUnsent: (count: number): string =>
    count === 1
      ? "If you keep it, it waits on this device, unseen by others, until you sign in here again."
      : "If you keep them, they wait on this device, unseen by others, until you sign in here again.",
  passwordNotKept: "A password is not kept: you will have to type it again.",
  offlineNow: "You are offline now.",
  signOutAndKeep: (count: number): string => `Sign out and keep ${count === 1 ? "it" : "them"}`,
  discardAndSignOut: (count: number): string =>
    `Sign out and discard ${count === 1 ? "it" : "them"}`,
  discardIsLost: "What you discard cannot be brought back.",
  staySignedIn: "Stay signed in",
  forDevelopers: "For developers",
  signedOut: "You have been signed out. Sign in again to go on: your edits are kept.",
};

export type Texts = typeof english;

/** What is said of accounts and signing in. */
export const texts = room("accounts", english);
