/** How big letters can be for a sheet to fit on one page. */

/** Of A4 and Letter the tighter one within the margins of any browser, lying and upright, in pixels. */
const PAGES = [
  { width: 960, height: 630 },
  { width: 690, height: 870 },
] as const;
/** Of the width, in percent: what is read on a wall, and what can still be read in the hand. */
const BIGGEST = 1.7;
const SMALLEST = 0.55;
const STEPS = 7;

/** Sets for each way the paper can lie the biggest letters with which the sheet is no higher than its page. */
export function fit(sheet: HTMLElement): void {
  const [landscape, portrait] = PAGES.map((page) => biggest(sheet, page));
  sheet.style.setProperty("--landscape", String(landscape));
  sheet.style.setProperty("--portrait", String(portrait));
  sheet.style.removeProperty("width");
}

function biggest(sheet: HTMLElement, page: (typeof PAGES)[number]): number {
  sheet.style.width = `${page.width}px`;
  let [fits, tooBig] = [SMALLEST, BIGGEST];
  for (let step = 0; step < STEPS; step += 1) {
    const size = (fits + tooBig) / 2;
    // While it is measured it is on a screen, where this is what counts.
    sheet.style.setProperty("--landscape", String(size));
    if (sheet.getBoundingClientRect().height <= page.height) fits = size;
    else tooBig = size;
  }
  return fits;
}
