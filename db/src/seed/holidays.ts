/**
 * Public holidays of mainland China and the weekends worked for them, as a school's calendar has them.
 * Never guesses make-up days: a year whose arrangement is not written here has the statutory days alone.
 */
import { addDays } from "@doudou/shared/domain/days.ts";

export interface Exception {
  readonly day: string;
  readonly kind: "holiday" | "workday";
  readonly name: string;
}

interface Holiday {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly worked?: readonly string[];
}

/** Announced by the General Office of the State Council (国务院办公厅关于部分节假日安排的通知), month and day. */
const ANNOUNCED: Readonly<Record<number, readonly Holiday[]>> = {
  // 国办发明电〔2023〕7号
  2024: [
    { name: "元旦", from: "01-01", to: "01-01" },
    { name: "春节", from: "02-10", to: "02-17", worked: ["02-04", "02-18"] },
    { name: "清明节", from: "04-04", to: "04-06", worked: ["04-07"] },
    { name: "劳动节", from: "05-01", to: "05-05", worked: ["04-28", "05-11"] },
    { name: "端午节", from: "06-10", to: "06-10" },
    { name: "中秋节", from: "09-15", to: "09-17", worked: ["09-14"] },
    { name: "国庆节", from: "10-01", to: "10-07", worked: ["09-29", "10-12"] },
  ],
  // 国办发明电〔2024〕12号
  2025: [
    { name: "元旦", from: "01-01", to: "01-01" },
    { name: "春节", from: "01-28", to: "02-04", worked: ["01-26", "02-08"] },
    { name: "清明节", from: "04-04", to: "04-06" },
    { name: "劳动节", from: "05-01", to: "05-05", worked: ["04-27"] },
    { name: "端午节", from: "05-31", to: "06-02" },
    { name: "国庆节、中秋节", from: "10-01", to: "10-08", worked: ["09-28", "10-11"] },
  ],
  // 国办发明电〔2025〕7号
  2026: [
    { name: "元旦", from: "01-01", to: "01-03", worked: ["01-04"] },
    { name: "春节", from: "02-15", to: "02-23", worked: ["02-14", "02-28"] },
    { name: "清明节", from: "04-04", to: "04-06" },
    { name: "劳动节", from: "05-01", to: "05-05", worked: ["05-09"] },
    { name: "端午节", from: "06-19", to: "06-21" },
    { name: "中秋节", from: "09-25", to: "09-27" },
    { name: "国庆节", from: "10-01", to: "10-07", worked: ["09-20", "10-10"] },
  ],
};

/** The days from one to another that differ from the week's pattern or bear a holiday's name, in order. */
export function holidaysBetween(from: string, to: string): Exception[] {
  const found = new Map<string, Exception>();
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    for (const holiday of ANNOUNCED[year] ?? statutoryHolidays(year)) {
      for (let day = `${year}-${holiday.from}`; day <= `${year}-${holiday.to}`; day = addDays(day, 1)) {
        found.set(day, { day, kind: "holiday", name: holiday.name });
      }
      for (const date of holiday.worked ?? []) {
        const day = `${year}-${date}`;
        found.set(day, { day, kind: "workday", name: `${holiday.name}调休上课` });
      }
    }
  }
  return [...found.values()]
    .filter(({ day }) => day >= from && day <= to)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Spring Festival's first day in a year: 正月初一. */
export function springFestival(year: number): string {
  const day = festivals.get(year) ?? lunarDay(year, 1, 1);
  festivals.set(year, day);
  return day;
}

/**
 * Those reckoned so far, since ICU takes its time; and those where the new moon comes within ten minutes of midnight in
 * Beijing, and its reckoning falls on the wrong side.
 */
const festivals = new Map([
  [2027, "2027-02-06"],
  [2030, "2030-02-03"],
]);

/** The thirteen days of 全国年节及纪念日放假办法 as of 2025. */
function statutoryHolidays(year: number): Holiday[] {
  const festival = springFestival(year);
  const lunar = (name: string, month: number, date: number): Holiday => {
    const day = lunarDay(year, month, date).slice(5);
    return { name, from: day, to: day };
  };
  const clearBright = `04-${String(clearBrightDate(year)).padStart(2, "0")}`;
  return [
    { name: "元旦", from: "01-01", to: "01-01" },
    { name: "春节", from: addDays(festival, -1).slice(5), to: addDays(festival, 2).slice(5) },
    { name: "清明节", from: clearBright, to: clearBright },
    { name: "劳动节", from: "05-01", to: "05-02" },
    lunar("端午节", 5, 5),
    lunar("中秋节", 8, 15),
    { name: "国庆节", from: "10-01", to: "10-03" },
  ];
}

const lunarCalendar = new Intl.DateTimeFormat("en-u-ca-chinese", {
  month: "numeric",
  day: "numeric",
  timeZone: "UTC",
});

/** Where a day of the lunar calendar falls in a year of ours. A leap month is written `6bis` and so is never taken. */
function lunarDay(year: number, month: number, date: number): string {
  // Months follow the solar year by three to seven weeks.
  const from = Date.UTC(year, month - 1, date + 14);
  for (let day = 0; day < 60; day += 1) {
    const at = from + day * 86_400_000;
    if (lunarCalendar.format(at) === `${month}/${date}`) return new Date(at).toISOString().slice(0, 10);
  }
  throw new RangeError(`no lunar ${month}/${date} in ${year}`);
}

/** 清明, the 4th or 5th of April: the 寿星 formula, right for the 21st century. */
function clearBrightDate(year: number): number {
  const ofCentury = year % 100;
  return Math.floor(ofCentury * 0.2422 + 4.81) - Math.floor(ofCentury / 4);
}
