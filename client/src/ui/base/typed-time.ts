/** The time of day that somebody has typed, on whatever clock: "9", "9:30", "930", "6:30 pm", "18 Uhr". */

/** As the server writes it ("900"); null for what is none. */
export function timeIn(typed: string): string | null {
  const text = typed.trim();
  // Written without anything between, the last two digits are the minutes.
  const parted = text.replace(/^(\d{1,2})(\d\d)(?!\d)/, "$1:$2");
  const time = /^(\d{1,2})(?:[:.h](\d\d)?(?::\d\d(?:\.\d+)?)?)? ?(?:uhr|([ap])\.?m?\.?)?$/i.exec(
    parted,
  );
  if (!time) return null;
  const [, hours, minutes = "0", half] = time;
  const hour = Number(hours);
  if (half === undefined) return hourOf(hour, Number(minutes));
  if (hour < 1 || hour > 12) return null;
  return hourOf((hour % 12) + (half.toLowerCase() === "p" ? 12 : 0), Number(minutes));
}

function hourOf(hours: number, minutes: number): string | null {
  return hours > 23 || minutes > 59 ? null : String(hours * 100 + minutes);
}
