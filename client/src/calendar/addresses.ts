/** Where calendar programs find the gym's calendars (docs/http.md). */

/** The calendar of everybody, or of one coach, for who may read without signing in. */
export function publicAddress(origin: string, coach: number | undefined): string {
  return addressOf(`${origin}/timetable.ics`, coach);
}

/** Of the address of the gym's calendar, the one of a coach's. */
export function addressOf(url: string, coach: number | undefined): string {
  return coach === undefined ? url : url.replace(/timetable\.ics$/, `timetable/${coach}.ics`);
}
