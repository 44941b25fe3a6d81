import { german as accounts } from "./accounts/texts.de";
import { german as calendar } from "./calendar/texts.de";
import { german as changes } from "./changes/texts.de";
import { german as developers } from "./developers/texts.de";
import { german as generic } from "./generic/texts.de";
import { german as coaches } from "./resources/coaches/texts.de";
import { german as moves } from "./resources/exercise-moves/texts.de";
import { german as timetableDialogs } from "./resources/timetable/dialog-texts.de";
import { german as timetable } from "./resources/timetable/texts.de";
import { german as plans } from "./resources/workout-plans/texts.de";
import { german as imports } from "./sheets/import/texts.de";
import { german as sheets } from "./sheets/texts.de";
import { german as app } from "./texts.de";
import { german as server } from "./ui/base/server-texts.de";
import { german as base } from "./ui/base/texts.de";
import { german as form } from "./ui/form/texts.de";
import { german as list } from "./ui/list/texts.de";
import { german as record } from "./ui/record/texts.de";
import { german as preferences } from "./ui/shell/preferences-texts.de";
import { german as shortcuts } from "./ui/shell/shortcuts-texts.de";
import { german as shell } from "./ui/shell/texts.de";
import { german as things } from "./ui/shell/things.de";
import type { Translation } from "./ui/base/language";

/** Everything in German, by the names under which each folder has its texts. */
export const german: Translation = {
  accounts,
  calendar,
  changes,
  developers,
  generic,
  coaches,
  moves,
  "timetable-dialogs": timetableDialogs,
  timetable,
  plans,
  imports,
  sheets,
  app,
  server,
  base,
  form,
  list,
  record,
  preferences,
  shortcuts,
  shell,
  things,
};
