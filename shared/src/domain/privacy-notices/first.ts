/** The first notice. Shown to families: never changed. */
import type { PrivacyNotice, PurposeAsked } from "../privacy-notice.ts";

export const NAME_ON_BOARD: PurposeAsked = {
  purpose: "board",
  name: { zh: "班级大屏上的名字", en: "The name on the class board" },
  what: {
    zh: "教室的大屏上，孩子的小苗旁边写着名字；不显示个人豆数，不排名。",
    en: "On the classroom's screen the child's plant has its name. No one's count is shown, and there is no ranking.",
  },
  why: { zh: "让全班一起看见成长。", en: "So that the class sees growth together." },
  without: {
    zh: "不同意：大屏上没有孩子的名字，也看不出哪一株是谁的。",
    en: "With a no, the board has neither the name nor anything that tells whose plant is whose.",
  },
};

export const RESEARCH: PurposeAsked = {
  purpose: "research",
  name: { zh: "用于研究", en: "Research" },
  what: {
    zh: "去掉姓名和编号的记录，可以用于改进评价方法的教育研究。现在没有任何这样的导出。",
    en: "Records without name and number may be used for educational research into better evaluation. There is no such export at present.",
  },
  why: { zh: "弄清楚哪些做法真正帮助孩子成长。", en: "To learn what really helps children grow." },
  without: {
    zh: "不同意：孩子的记录不会被用于研究。",
    en: "With a no, the child's record is used in no research.",
  },
};

export const FIRST: PrivacyNotice = {
  version: "1",
  since: "2026-09-01",
  changes: [],
  sections: [
    {
      heading: { zh: "这份说明讲什么", en: "What this notice is about" },
      paragraphs: [
        {
          zh: "学校用豆豆成长记录孩子在德、智、体、美、劳五方面的点滴成长。这里说明学校记录孩子的哪些信息、为什么记录、谁能看到、保存多久，以及您可以要求学校做什么。不满十四周岁孩子的个人信息都是敏感个人信息，学校按最严格的要求保护。",
          en: "The school uses Doudou to record how each child grows: in character, study, health, arts and work. This notice says what is kept about a child, why, who sees it, for how long, and what you may ask of the school. Everything about a child under 14 is sensitive personal information by law and is protected as such.",
        },
      ],
    },
    {
      heading: { zh: "学校记录什么，为什么", en: "What the school keeps, and why" },
      paragraphs: [
        {
          zh: "名册：姓名、学号、班级；学籍号、性别、出生日期和您的姓名、关系、电话只供学校办公室管理学籍和联系您。",
          en: "The roster: name, student number and class. The national number, sex, date of birth and your name, relation and phone are for the school office alone, to keep the roster and to reach you.",
        },
        {
          zh: "成长记录：老师看到的好表现（豆豆）和简短的话，每学期的成长报告，孩子自己写给老师的话。它们用来帮助孩子看见自己的进步，不排名，不公开分数，不用于分班。",
          en: "The growth record: what teachers notice (beans) with a few words, the term summary, and what the child tells its teachers. It helps a child see its own progress. There is no ranking, no published score, and it decides no class.",
        },
        {
          zh: "提醒：老师写给照顾孩子的大人的话，学期结束就删除。缺席标记只保留当天。",
          en: "Reminders: words between the adults who care for the child, deleted when the term ends. Marks of absence last one day.",
        },
        {
          zh: "谁在什么时候看过、改过孩子的记录，都会留下记录，您可以在孩子的页面上查看。",
          en: "Who looked at or changed a child's record, and when, is written down; you can read it on your child's page.",
        },
      ],
    },
    {
      heading: { zh: "哪些事要先问您", en: "What needs your consent" },
      paragraphs: [
        {
          zh: "开通孩子的账号、拍照留存、在班级大屏上显示名字、用于研究，这四件事学校会分别问您。同意和不同意一样方便，随时可以改变，立即生效。不同意任何一件，都不影响孩子上学、参加活动和得到老师的肯定。",
          en: "An account for the child, photos, the name on the class board, and research: the school asks about each of the four by itself. Yes and no are equally easy, can be changed at any time, and take effect at once. A no to any of them changes nothing about school, activities or being noticed by teachers.",
        },
      ],
    },
    {
      heading: { zh: "谁能看到", en: "Who can see it" },
      paragraphs: [
        {
          zh: "教这个班的老师、学校负责管理的人、孩子自己和您。别的家长和同学看不到您孩子的豆豆。区里只看到不含姓名的汇总数字。学校不把孩子的信息交给其他公司，不投放广告，数据保存在学校自己管理的服务器上。",
          en: "The teachers of the class, those who run the school, the child and you. Other families and classmates do not see your child's beans. The district sees totals without names. Nothing is handed to other companies, there is no advertising, and the data is on a server the school itself controls.",
        },
      ],
    },
    {
      heading: { zh: "保存多久", en: "For how long" },
      paragraphs: [
        {
          zh: "孩子在校期间和离校后一年。一年之后，学校删除孩子的姓名、照片和所有写下的话，只留下不指向任何人的汇总数字。备份按学校设定的天数到期删除。",
          en: "While the child is at the school and for one year after. Then the school erases the name, the pictures and every written word, and keeps only totals that point at nobody. Backups expire after the number of days the school has set.",
        },
      ],
    },
    {
      heading: { zh: "您可以要求什么", en: "What you may ask for" },
      paragraphs: [
        {
          zh: "您可以随时下载孩子的全部记录，要求更正、删除、限制使用，或拒绝由程序自动得出的评语。学校在十五个工作日内书面答复；不能照办时会说明理由。您也可以向教育主管部门或网信部门投诉。",
          en: "You can download everything about your child at any time, and ask for correction, erasure, restriction, or refuse words that a program has worked out by itself. The school answers in writing within fifteen working days; a no comes with its reason. You may also complain to the education or cyberspace authorities.",
        },
      ],
    },
    {
      heading: { zh: "怎样保护", en: "How it is protected" },
      paragraphs: [
        {
          zh: "传输和备份都加密；照片去掉拍摄地点；老师只能看到自己教的班。万一发生泄露，学校会立即处理、报告主管部门，并告诉受影响的家庭发生了什么、可能有什么影响、可以怎样做。",
          en: "Transfer and backups are encrypted, photos lose the place where they were taken, and teachers see the classes they teach. Should data ever leak, the school acts at once, reports it to the authorities, and tells the families concerned what happened, what it may mean and what they can do.",
        },
      ],
    },
  ],
  purposes: [
    {
      purpose: "account",
      name: { zh: "孩子自己的账号", en: "The child's own account" },
      what: {
        zh: "用一张学生卡和孩子自己选的密码，在学校的平板上看自己的小苗。",
        en: "With a card and a PIN of its own, the child looks at its plant on the school's tablets.",
      },
      why: {
        zh: "让孩子自己看见进步，定目标，说一说做过的事。",
        en: "So that the child sees its own progress, sets goals and tells what it did.",
      },
      without: {
        zh: "不同意：孩子没有卡，也不能登录；老师照样会看见和记录孩子的好表现。",
        en: "With a no, the child has no card and cannot sign in; teachers notice and record as before.",
      },
    },
    {
      purpose: "photo",
      name: { zh: "照片", en: "Photos" },
      what: {
        zh: "老师可以为作品或活动拍照，和那一次的豆豆放在一起，只有教这个班的老师、孩子和您能看到。",
        en: "Teachers may take a picture of a work or an activity and keep it with the bean it shows. The teachers of the class, the child and you can see it.",
      },
      why: { zh: "留下作品和过程的样子。", en: "To keep what a work or an activity looked like." },
      without: {
        zh: "不同意：不拍，已有的照片（包括合照）不再显示并会删除。",
        en: "With a no, none is taken, and those there are, group pictures too, are no longer shown and are deleted.",
      },
    },
    NAME_ON_BOARD,
    RESEARCH,
  ],
};
