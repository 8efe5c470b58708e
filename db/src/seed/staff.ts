/**
 * Who teaches what where in a demo school: subjects, lessons a week, and the posts of its teachers.
 * A homeroom teacher goes up through the grades with the children; those of the leavers take the new first grade.
 */

export const SUBJECTS = [
  { code: "chinese", nameZh: "语文", nameEn: "Chinese" },
  { code: "maths", nameZh: "数学", nameEn: "Mathematics" },
  { code: "english", nameZh: "英语", nameEn: "English" },
  { code: "science", nameZh: "科学", nameEn: "Science" },
  { code: "pe", nameZh: "体育与健康", nameEn: "Physical education" },
  { code: "music", nameZh: "音乐", nameEn: "Music" },
  { code: "art", nameZh: "美术", nameEn: "Fine art" },
  { code: "labour", nameZh: "劳动", nameEn: "Labour" },
  { code: "ethics", nameZh: "道德与法治", nameEn: "Ethics and law" },
  { code: "it", nameZh: "信息科技", nameEn: "Information technology" },
] as const;
export type SubjectCode = (typeof SUBJECTS)[number]["code"];

/** A teacher's work in one class. */
export interface Post {
  /** The teacher's place in the staff, from 0. */
  readonly teacher: number;
  readonly subject: SubjectCode;
  readonly isHomeroom: boolean;
}

interface StandingPost extends Post {
  readonly grades: readonly number[];
  /** Of the classes of a grade, those with these numbers; all where left out. */
  readonly classNumber?: number;
  /** The post is with the children, not with the grade. */
  readonly goesUp: boolean;
}

export interface Staff {
  readonly size: number;
  /** @param grade of the class; `gradeNow` is the one its children are in today, more than the highest for leavers */
  postsOf(place: { readonly grade: number; readonly gradeNow: number; readonly number: number }): Post[];
  /** The class whose homeroom teacher has this place in the staff, today; undefined for subject teachers. */
  homeroomOf(teacher: number): { readonly grade: number; readonly number: number } | undefined;
}

/**
 * A staff for these grades: thirty teachers for six grades of two classes each; a village school gets one teacher a
 * class and one for all that needs a gym, a piano or a laboratory.
 * @param classes of today, in the order their homeroom teachers are counted
 */
export function staffFor(classes: readonly { readonly grade: number; readonly number: number }[]): Staff {
  const grades = [...new Set(classes.map(({ grade }) => grade))].sort((a, b) => a - b);
  const posts = [...homeroomPosts(classes), ...subjectPosts(classes, grades)];
  const lowest = Math.min(...grades);
  const highest = Math.max(...grades);
  return {
    size: Math.max(...posts.map(({ teacher }) => teacher)) + 1,
    postsOf({ grade, gradeNow, number }) {
      const grows = gradeNow > highest ? lowest + (gradeNow - highest - 1) : gradeNow;
      return posts
        .filter((post) => post.grades.includes(post.goesUp ? grows : grade))
        .filter((post) => post.classNumber === undefined || post.classNumber === number)
        .filter(({ subject }) => lessonsAWeek(subject, grade) > 0)
        .map(({ teacher, subject, isHomeroom }) => ({ teacher, subject, isHomeroom }));
    },
    homeroomOf: (teacher) => classes[teacher],
  };
}

/** The first teaches Chinese to the class, the second mathematics to both of the grade; where there is one, it is both. */
function homeroomPosts(
  classes: readonly { readonly grade: number; readonly number: number }[],
): StandingPost[] {
  return classes.flatMap(({ grade, number: classNumber }, teacher) => {
    const isAlone = !classes.some((other) => other.grade === grade && other.number !== classNumber);
    const here = { teacher, grades: [grade], goesUp: true };
    const post = (subject: SubjectCode, isHomeroom = false) => ({
      ...here,
      subject,
      isHomeroom,
      classNumber,
    });
    if (isAlone) return [post("chinese", true), post("maths"), post("ethics"), post("labour")];
    if (classNumber === 1) return [post("chinese", true), post("ethics"), post("labour")];
    const mathsNextDoor: StandingPost = { ...post("maths"), classNumber: 1 };
    return [post("maths", true), post("labour"), mathsNextDoor];
  });
}

function subjectPosts(
  classes: readonly { readonly grade: number; readonly number: number }[],
  grades: readonly number[],
): StandingPost[] {
  let teacher = classes.length;
  const anotherTeacher = (subjects: readonly SubjectCode[], of: readonly number[], classNumber?: number) => {
    const goesUp = classNumber !== undefined;
    const of1 = { teacher, grades: of, isHomeroom: false, goesUp, ...(goesUp && { classNumber }) };
    teacher += 1;
    return subjects.map((subject): StandingPost => ({ ...of1, subject }));
  };
  const gradesOfTwo = grades.filter((grade) => classes.some((of) => of.grade === grade && of.number === 2));
  const secondClasses = gradesOfTwo.flatMap((grade) => anotherTeacher(["chinese", "ethics"], [grade], 2));
  if (grades.length < 6) {
    return [...secondClasses, ...anotherTeacher(["pe", "music", "art", "science", "english", "it"], grades)];
  }
  return [
    ...secondClasses,
    ...anotherTeacher(["english"], [3, 4]),
    ...anotherTeacher(["english"], [5, 6]),
    ...anotherTeacher(["science"], [1, 2, 3]),
    ...anotherTeacher(["science"], [4, 5, 6]),
    ...anotherTeacher(["pe"], [1, 2]),
    ...anotherTeacher(["pe"], [3, 4]),
    ...anotherTeacher(["pe"], [5, 6]),
    ...anotherTeacher(["music"], [1, 2, 3]),
    ...anotherTeacher(["music"], [4, 5, 6]),
    ...anotherTeacher(["art"], [1, 2, 3]),
    ...anotherTeacher(["art"], [4, 5, 6]),
    ...anotherTeacher(["it"], [3, 4, 5, 6]),
  ];
}

/** Periods of a subject in a grade's week, after 义务教育课程方案(2022年版). */
export function lessonsAWeek(subject: SubjectCode, grade: number): number {
  const isYoung = grade <= 2;
  switch (subject) {
    case "chinese":
      return isYoung ? 8 : 6;
    case "maths":
      return 4;
    case "english":
      return isYoung ? 0 : 3;
    case "science":
      return isYoung ? 1 : 2;
    case "pe":
      return isYoung ? 4 : 3;
    case "music":
    case "art":
      return 2;
    case "labour":
      return 1;
    case "ethics":
      return isYoung ? 2 : 3;
    case "it":
      return isYoung ? 0 : 1;
  }
}
