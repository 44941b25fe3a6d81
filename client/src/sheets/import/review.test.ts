import { describe, expect, it } from "vitest";
import { emptyGym, gym, monday, reviewed, sheet } from "./testing";

const coaches = (...lines: string[]) => sheet(["id,name,age", ...lines].join("\n") + "\n");
const classes = (...lines: string[]) =>
  sheet(["day,hour,coach_name,workout_plan_name", ...lines].join("\n") + "\n", { key: "c" });
/** Of each row its status and what is wrong with it. */
function verdicts(...args: Parameters<typeof reviewed>) {
  return reviewed(...args).all.map(({ status, errors, problems }) =>
    [status, ...Object.values(errors), ...problems.map(({ text }) => text)].join(": "),
  );
}

describe("a row with an id", () => {
  it("changes that record, in the fields that differ", () => {
    const [changed, same] = reviewed([coaches("1,Maya L.,30", "2,Ben,40")]).all;
    expect(changed).toMatchObject({
      status: "changed",
      write: { channel: "coaches", id: 1, base: 7, data: { name: "Maya L." } },
      before: { name: "Maya" },
    });
    expect(same).toMatchObject({ status: "unchanged", write: null });
  });

  it("that nothing has is found by its name, or else new", () => {
    const [found, made] = reviewed([coaches("77,maya,31", "78,Cy,31")]).all;
    expect(found).toMatchObject({ status: "changed", write: { id: 1 } });
    expect(found?.note).toBe("There is no coach 77 here. Found by its name.");
    expect(made).toMatchObject({ status: "new", note: "There is no coach 78 here." });
  });

  it("may be ignored, where the ids are of another gym", () => {
    const sheets = [coaches("2,Maya,30", "1,Cy,44", "3,Di,44")];
    expect(reviewed(sheets).isForeign).toBe(true);
    const { all, isForeign } = reviewed(sheets, { ignoresIds: true });
    expect(all.map(({ status }) => status)).toEqual(["unchanged", "new", "new"]);
    expect(isForeign).toBe(false);
  });

  it("is wrong where that is no number, or another row has it", () => {
    expect(verdicts([coaches("x,Cy,40", "1,Maya,31", "1,Maya,32")])).toEqual([
      "wrong: The id must be a whole number.",
      "changed",
      "wrong: Row 3 of a.csv is about the same coach. Leave one of them out.",
    ]);
  });
});

describe("a row without an id", () => {
  it("is found by its name where that is unique", () => {
    const [found, twin] = reviewed([coaches(",Maya,31", ",Ben,60")]).all;
    expect(found).toMatchObject({
      status: "changed",
      note: "Found by its name.",
      write: { id: 1 },
    });
    expect(twin).toMatchObject({ status: "new", note: "2 have this name: one more." });
  });

  it("of a class is found by when, who and what", () => {
    const text = "day,time,coach,plan,room\nMon,9:00,Maya,push,Hall\nMon,9:30,Maya,Push,Hall\n";
    const [found, made] = reviewed([sheet(text)]).all;
    expect(found).toMatchObject({ status: "changed", write: { id: 1, data: { room: "Hall" } } });
    expect(made).toMatchObject({
      status: "new",
      write: { data: { day: "Monday", hour: "930", coach: { id: 1 }, workout_plan: { id: 1 } } },
    });
  });

  it("of a class is one more, where there are several of these already", () => {
    const entry = { record: { ...monday, id: 2 }, rev: 7 };
    const schedules = new Map([...gym.schedules, [2, entry] as const]);
    const [row] = reviewed([classes("Mon,9:00,Maya,Push")], { gym: { ...gym, schedules } }).all;
    expect(row).toMatchObject({ status: "new", note: "There are several of these: one more." });
  });

  it("of a name that another row has is wrong until somebody says that it is meant", () => {
    const twice = coaches(",Cy,40", ",cy,41");
    expect(verdicts([twice])).toEqual([
      "new",
      "wrong: Row 2 of a.csv makes a coach of the same name.",
    ]);
    expect(verdicts([{ ...twice, accepted: new Set([3]) }])).toEqual(["new", "new"]);
  });
});

describe("a wrong row", () => {
  it("says what is wrong in the words of the form", () => {
    expect(verdicts([coaches(",C,abc", ",,17")])).toEqual([
      "wrong: Must have 2 to 40 characters.: Must be a whole number.",
      "wrong: Please fill this in.: Must be a whole number from 18 to 100.",
    ]);
    expect(verdicts([classes("Funday,25:00,Maya,Push")])).toEqual([
      "wrong: Must be a day, like Monday.: Must be a time, like 09:00.",
    ]);
  });

  it("lacks cells where it is too short, and is right when these are filled in", () => {
    const short = classes("Tuesday,9:00");
    expect(verdicts([short])).toEqual([
      "wrong: Please fill this in.: Please fill this in.: It has only 2 of 4 cells.",
    ]);
    const edits = new Map([[2, { coach_name: "Maya", workout_plan_name: "Push" }]]);
    expect(verdicts([{ ...short, edits }])).toEqual(["new"]);
  });

  it("may be where the file was cut off", () => {
    const cut = sheet("name,age,username\nCy,40,cy\nDi,41");
    expect(verdicts([cut])).toEqual(["new", "wrong: The file ends within this row."]);
  });

  it("may be left out", () => {
    expect(verdicts([{ ...coaches(",C,1"), out: new Set([2]) }])).toEqual(["out"]);
  });
});

describe("what a short row does not say", () => {
  it("stays as it is", () => {
    const [row] = reviewed([sheet("id,name,age,username\n1,Maya,31\n2,Ben,40,\n")]).all;
    expect(row?.write?.data).toEqual({ age: 31 });
  });
});

describe("names that nothing has", () => {
  it("are counted once each, with what they are of", () => {
    const { missing, all } = reviewed([
      classes("Mon,9:00,Cy,Pull", "Tue,9:00,CY,Pull", "Wed,9:00,Ben,Push"),
    ]);
    expect(missing.map(({ channel, name, count }) => [channel, name, count])).toEqual([
      ["coaches", "Cy", 2],
      ["workout_plans", "Pull", 2],
    ]);
    expect(all[2]?.errors["coach_name"]).toBe(
      "There are 2 coaches called Ben. Choose one of them.",
    );
  });

  it("may be meant for a record that is there", () => {
    const replaced = new Map([["coaches cy", 1]]);
    expect(verdicts([classes("Tue,9:00,Cy,Push")], { replaced })).toEqual(["new"]);
  });

  it("may be what another row makes, once that is right", () => {
    const week = classes("Tue,9:00,Cy,Push");
    const [, slot] = reviewed([coaches(",Cy,40"), week]).all;
    expect(slot?.write?.data).toMatchObject({ coach: { row: "s:2" } });
    expect(verdicts([week, coaches(",Cy,4")])[0]).toBe(
      "wrong: The coach is in row 2 of a.csv, which is still wrong.",
    );
    expect(verdicts([{ ...coaches(",Cy,40"), out: new Set([2]) }, week])[1]).toBe(
      "wrong: There is no coach called Cy.",
    );
  });

  it("may be what a row calls a record from now on", () => {
    const week = sheet("day,time,coach_id,coach_name,plan\nTue,9:00,1,Maya L.,Push\n", {
      key: "c",
    });
    const [, slot] = reviewed([coaches("1,Maya L.,30"), week]).all;
    expect(slot?.write?.data).toMatchObject({ coach: { id: 1 } });
  });

  it("tell namesakes apart as the lists of the page do", () => {
    const [row] = reviewed([classes("Tue,9:00,Ben (50 years),Push")]).all;
    expect(row?.write?.data).toMatchObject({ coach: { id: 3 } });
  });
});

describe("a name and an id that disagree", () => {
  const ids = (line: string) => sheet(`day,time,coach_id,coach_name,plan\n${line}\n`);

  it("mean the name, which is what people edit", () => {
    expect(reviewed([ids("Tue,9:00,2,Maya,Push")]).all[0]?.write?.data).toMatchObject({
      coach: { id: 1 },
    });
    expect(verdicts([ids("Tue,9:00,1,Cy,Push")])).toEqual(["wrong: There is no coach called Cy."]);
  });

  it("mean the id, where several have the name", () => {
    expect(reviewed([ids("Tue,9:00,3,Ben,Push")]).all[0]?.write?.data).toMatchObject({
      coach: { id: 3 },
    });
  });
});

describe("an empty cell", () => {
  it("empties what may be empty", () => {
    const text = "id,name,age,username\n1,Maya,30,\n";
    expect(reviewed([sheet(text)]).all[0]?.write?.data).toEqual({ username: "" });
    const slots = "id,day,time,coach,plan,minutes,capacity\n1,Mon,9:00,Maya,Push,,\n";
    expect(verdicts([sheet(slots)])).toEqual(["unchanged"]);
  });
});

describe("ten thousand rows", () => {
  it("are reviewed against as many records", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `,Coach ${at},30`);
    const all = new Map(
      many.map((_, at) => [
        at + 1,
        { record: { id: at + 1, name: `Coach ${at}`, age: 31, picture: "", username: "" }, rev: 1 },
      ]),
    );
    const { all: drafts } = reviewed([coaches(...many)], { gym: { ...gym, coaches: all } });
    expect(new Set(drafts.map(({ status }) => status))).toEqual(new Set(["changed"]));
    expect(
      new Set(reviewed([coaches(...many)], { gym: emptyGym }).all.map(({ status }) => status)),
    ).toEqual(new Set(["new"]));
  });
});

describe("rows that were written", () => {
  it("are not written again, and later ones refer to what they made", () => {
    const written = new Map([["s:2", 9]]);
    const [done, slot] = reviewed([coaches(",Cy,40"), classes("Tue,9:00,Cy,Push")], {
      written,
    }).all;
    expect(done?.status).toBe("written");
    expect(slot?.write?.data).toMatchObject({ coach: { id: 9 } });
  });
});
