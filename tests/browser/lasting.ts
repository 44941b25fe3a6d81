/** What is wrong with how a page looks is so however often one looks: what is only half drawn yet is no fault. */
const TIMES = 6;

/** What a look finds, unless a later one finds nothing. */
export async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  let found = await look();
  for (let time = 1; time < TIMES && found.length > 0; time += 1) found = await look();
  return found;
}
