/**
 * The second notice: names what has come since the first, from voices to e-mail, and says more exactly who sees what. The
 * words for account and photos are wider than they were; those for board and research are the first's.
 */
import type { NoticeSection, PrivacyNotice } from "../privacy-notice.ts";
import { NAME_ON_BOARD, RESEARCH } from "./first.ts";

export const ABOUT: NoticeSection = {
  heading: { zh: "这份说明讲什么", en: "What this notice is about" },
  paragraphs: [
    {
      zh: "学校用豆豆成长记录孩子在德、智、体、美、劳五方面的点滴成长。这里说明学校记录孩子和您的哪些信息、为什么记录、谁能看到、保存多久，以及您可以要求学校做什么。不满十四周岁孩子的个人信息都是敏感个人信息，学校按最严格的要求保护。",
      en: "The school uses Doudou to record how each child grows: in character, study, health, arts and work. This notice says what is kept about your child and you, why, who sees it, for how long, and what you may ask of the school. Everything about a child under 14 is sensitive personal information by law and is protected as such.",
    },
  ],
};

export const OF_CHILD: NoticeSection = {
  heading: {
    zh: "关于孩子，学校记录什么，为什么",
    en: "What the school keeps about your child, and why",
  },
  paragraphs: [
    {
      zh: "名册：姓名、学号、班级；学籍号、性别、出生日期只供学校办公室管理学籍。上课用的座位、分组和当天的缺席标记也在其中。",
      en: "The roster: name, student number and class. The national number, sex and date of birth are for the school office alone, to keep the roster. Seats, groups and the day's absences, which a lesson needs, belong to it.",
    },
    {
      zh: "成长记录：老师看到的好表现（豆豆）和简短的话，老师按学校的描述选的等级，每学期的成长报告，争章和小目标，作品、荣誉、参加过的活动，和孩子最想先给人看的。它们用来帮助孩子看见自己的进步，不排名，不公开分数，不用于分班。",
      en: "The growth record: what teachers notice (beans) with a few words, levels they choose by the school's descriptions, the term summary, badges and small goals, works, honours, activities taken part in, and what the child likes to show first. It helps a child see its own progress. There is no ranking, no published score, and it decides no class.",
    },
    {
      zh: "体质健康测试（学校开展了才有）：国家规定每学年测一次，学校记下身高、体重和各个项目的结果，以及免测的原因类别。结果用来帮助孩子锻炼，不换成豆豆，不排名；成长报告里只写一句话和有进步的项目，不写数值。",
      en: "The fitness test, where the school has one: the state asks for it once a school year. Height, weight and the result of each item are kept, and, for a child that is exempt, the kind of reason. They help a child train; no bean comes of them and nobody is ranked. The term summary has one sentence and the items that became better, no value.",
    },
    {
      zh: "大家的话：孩子对自己说的话，同学写的感谢和想学习的地方（由班主任先看过才转给孩子），您在家里的观察，老师的观察记录。这些话不算成分数。",
      en: "Words of many: the child's about itself, classmates' thanks and what they want to learn from it (the homeroom teacher reads them first), what you observe at home, and teachers' notes. No figure is made of them.",
    },
    {
      zh: "兑换（学校开通了才有）：孩子用豆豆想换什么、正在攒什么。换走的豆豆不减少成长记录。",
      en: "The reward shop, where a school has one: what the child asks for and saves for. Spending takes nothing away from growth.",
    },
    {
      zh: "提醒和留意：老师写给照顾孩子的大人的话，学期结束就删除；班主任打算多留意谁的安排，到期一个月后删除。",
      en: "Reminders and plans: words between the adults who care for the child, deleted when the term ends; and whom a homeroom teacher means to look out for, deleted a month after its last day.",
    },
    {
      zh: "个别支持计划（有需要的孩子才有）：教孩子的老师写下一起努力的方向、支持的办法和观察。它是老师之间的话，别人只看到豆豆属于哪个方面；您可以通过学校要一份完整的。",
      en: "An individual plan, for a child that needs one: its teachers write what they work on, what supports it and what they observe. These are words between teachers; others read only which part of growth a bean belongs to. You can have all of it from the school.",
    },
    {
      zh: "从别的学校带来的成长档案：您同意以后才显示，放在旁边，不算进这里的记录；您可以随时让学校删除。",
      en: "A portfolio brought from another school: shown only after you have said yes, beside the record of this school and never counted into it. You can have it deleted on any day.",
    },
    {
      zh: "谁在什么时候看过、改过孩子的记录，都会留下记录，您可以在孩子的页面上查看。",
      en: "Who looked at or changed a child's record, and when, is written down; you can read it on your child's page.",
    },
  ],
};

export const OF_GUARDIAN: NoticeSection = {
  heading: { zh: "关于您，学校记录什么，为什么", en: "What the school keeps about you, and why" },
  paragraphs: [
    {
      zh: "您的姓名、和孩子的关系、电话，用来联系您、让您登录；您对成长报告的阅读、签名和留言；您的授权选择和申请。",
      en: "Your name, your relation to the child and your phone, to reach you and to let you in; that you read and signed a term summary and what you wrote to it; your consents and your requests.",
    },
    {
      zh: "邮箱（自愿）：您可以留一个邮箱，有新内容时收到通知。邮件只说学校有新内容和怎样打开，不写孩子的姓名，也不写内容本身。邮件经学校的邮件服务器和您的邮箱服务商送达。不留邮箱什么也不少，留了也可以随时删除。",
      en: "E-mail, if you like: you may leave an address to be told when something new is there. A mail names the school and the way to open it, neither your child nor what it says. It goes through the school's mail server and whoever runs your mailbox. Without an address you miss nothing, and you can take it away at any time.",
    },
  ],
};

export const ASKED_FIRST: NoticeSection = {
  heading: { zh: "哪些事要先问您", en: "What needs your consent" },
  paragraphs: [
    {
      zh: "开通孩子的账号、照片和录音录像、在班级大屏上显示名字、用于研究，这四件事学校会分别问您。同意和不同意一样方便，随时可以改变，立即生效。不同意任何一件，都不影响孩子上学、参加活动和得到老师的肯定。",
      en: "An account for the child, photos and recordings, the name on the class board, and research: the school asks about each of the four by itself. Yes and no are equally easy, can be changed at any time, and take effect at once. A no to any of them changes nothing about school, activities or being noticed by teachers.",
    },
    {
      zh: "其中哪一件的说明有了变化，会再问一次同意过的家庭；不同意过的不会再问。",
      en: "Where the words of one of them change, families who had agreed are asked once more; nobody who said no is.",
    },
  ],
};

export const WHO_SEES_IT: NoticeSection = {
  heading: { zh: "谁能看到", en: "Who can see it" },
  paragraphs: [
    {
      zh: "教这个班的老师、学校负责管理的人、孩子自己和您。别的家长看不到您的孩子；同学看不到您孩子的豆豆，只会知道和自己有关的：谁感谢了自己，当小店员时谁换了什么。",
      en: "The teachers of the class, those who run the school, the child and you. Other families see nothing of your child. Classmates do not see its beans; they learn what concerns them: who thanked them, where the school tells that, and, when they keep the shop, who gets what.",
    },
    {
      zh: "体质健康测试的结果只有体育老师、学校负责管理的人和您看得到；孩子看得到自己的项目，看不到身高和体重；班主任只知道还有谁没有测，和成长报告里的那一句话。",
      en: "Results of the fitness test are seen by the PE teacher, by those who run the school and by you. The child sees its items, without height and weight. The homeroom teacher learns who has not been tested yet, and the sentence in the term summary.",
    },
    {
      zh: "别的老师要先说明理由、经学校负责人批准，才能在不超过十四天内查阅；孩子的安全等不及时可以紧急查阅四小时，事后由负责人核查。两种查阅您都能看到。",
      en: "Another teacher must give a reason and have it approved by a responsible person, for fourteen days at most. Where a child's safety cannot wait there is emergency reading for four hours, which is looked into afterwards. You see both.",
    },
    {
      zh: "除了把您留的邮箱用于送信，学校不把您和孩子的信息交给其他公司，不投放广告；数据保存在学校自己管理的服务器上，也不报送姓名或个人记录。",
      en: "Apart from your address, which delivering a mail needs, nothing about you or your child is handed to other companies. There is no advertising. The data is on a server the school itself controls, and no name or record of a person is reported to anybody.",
    },
  ],
};

export const TO_TAKE_ALONG: NoticeSection = {
  heading: { zh: "您可以带走什么", en: "What you can take along" },
  paragraphs: [
    {
      zh: "成长册：一学年的册子，用您在这里看得到的内容当场做成，学校不留底。数字凭证：由学校签名的文件，证明孩子的章或记录；默认不写姓名，写不写由您每次决定。学校只保留“发出过”的登记，谁拿到文件都可以查验它是否仍然有效。转学用的成长档案：由学校签名的文件，不带豆豆的数目、提醒和老师之间的话，也不带有别的孩子的照片；话里同学的姓名改成“同学”，已发布的成长报告照原样带走；新学校要先问过您才能显示。带走以后，谁能看到就由您决定了。",
      en: "The year book: made on the spot from what you see here; the school keeps none. Signed credentials: files by which the school vouches for a badge or the record. They name nobody unless you say so each time. The school keeps only that one was given out; whoever has the file can check whether it stands. The portfolio for another school: a signed file without numbers of beans, reminders, words between teachers, and pictures with other children on them; names of classmates become “classmate”, but published summaries stay as they are; the new school must ask you before it shows it. Who sees what you took along is then up to you.",
    },
  ],
};

export const HOW_LONG: NoticeSection = {
  heading: { zh: "保存多久", en: "For how long" },
  paragraphs: [
    {
      zh: "孩子在校期间和离校后一年。一年之后，学校删除孩子的姓名、照片和所有写下的话，只留下不指向任何人的汇总数字。更短的：没有转给孩子的同学的话到学期结束，从别的学校带来、没有人答复的档案六十天，通知四百天，发出的邮件三十天，邮箱到您删除为止。备份按学校设定的天数到期删除。",
      en: "While the child is at the school and for one year after. Then the school erases the name, the pictures and every written word, and keeps only totals that point at nobody. Shorter: classmates' words that were not passed on until the term ends, a portfolio from another school that nobody answers for 60 days, notices 400 days, sent mail 30 days, an e-mail address until you take it away. Backups expire after the number of days the school has set.",
    },
  ],
};

export const TO_ASK_FOR: NoticeSection = {
  heading: { zh: "您可以要求什么", en: "What you may ask for" },
  paragraphs: [
    {
      zh: "您可以随时下载孩子的全部记录，要求更正、删除、限制使用，或拒绝由程序自动得出的评语。学校在十五个工作日内书面答复；不能照办时会说明理由。您也可以向教育主管部门或网信部门投诉。",
      en: "You can download everything about your child at any time, and ask for correction, erasure, restriction, or refuse words that a program has worked out by itself. The school answers in writing within fifteen working days; a no comes with its reason. You may also complain to the education or cyberspace authorities.",
    },
  ],
};

export const HOW_PROTECTED: NoticeSection = {
  heading: { zh: "怎样保护", en: "How it is protected" },
  paragraphs: [
    {
      zh: "传输和备份都加密；照片去掉拍摄地点；学籍号和电话默认打码，每看一次都有记录。万一发生泄露，学校会立即处理、报告主管部门，并告诉受影响的家庭发生了什么、可能有什么影响、可以怎样做。",
      en: "Transfer and backups are encrypted, photos lose the place where they were taken, numbers and phones are masked and every look at one is logged. Should data ever leak, the school acts at once, reports it to the authorities, and tells the families concerned what happened, what it may mean and what they can do.",
    },
  ],
};

export const SECOND: PrivacyNotice = {
  version: "2",
  since: "2026-11-09",
  changes: [
    {
      zh: "写明了新的记录：自评、同学和家庭的话，老师选的等级，章和小目标，作品和荣誉，活动，体质健康测试，个别支持计划，兑换，成长册，转学时带走的成长档案，数字凭证。",
      en: "It names what is new: words of the child, of classmates and of home, levels that teachers choose, badges and small goals, works and honours, activities, the fitness test, individual plans, the reward shop, the year book, the portfolio a child takes to another school, and signed credentials.",
    },
    {
      zh: "写明了您自愿留下的邮箱怎样使用，以及邮件会经过哪里。",
      en: "It says how an e-mail address that you may give is used, and through whose hands a mail goes.",
    },
    {
      zh: "写明了老师经批准或在紧急情况下，可以限时查阅不是自己班的孩子。",
      en: "It says that teachers may, with approval or in an emergency, read a child of another class for a limited time.",
    },
    {
      zh: "“孩子自己的账号”和“照片”包含的内容比以前多，所以请您再选一次；另外两件没有变化。",
      en: "“The child's own account” and “Photos” cover more than before, so you are asked again; the other two are as they were.",
    },
  ],
  sections: [
    ABOUT,
    OF_CHILD,
    OF_GUARDIAN,
    ASKED_FIRST,
    WHO_SEES_IT,
    TO_TAKE_ALONG,
    HOW_LONG,
    TO_ASK_FOR,
    HOW_PROTECTED,
  ],
  purposes: [
    {
      purpose: "account",
      name: { zh: "孩子自己的账号", en: "The child's own account" },
      what: {
        zh: "用一张学生卡和孩子自己选的密码，在学校的平板上看自己的小苗、争章、定小目标、放作品、写自评、给同学写感谢的话；学校开通了兑换的，也可以兑换。",
        en: "With a card and a PIN of its own, the child looks at its plant on the school's tablets, strives for badges, sets small goals, adds works, writes about itself, thanks classmates, and uses the reward shop where there is one.",
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
        zh: "老师可以为作品或活动拍照，和那一次的豆豆放在一起；孩子的作品可以带照片、录音和录像。只有教这个班的老师、孩子和您能看到；成长册里只放没有别的孩子的照片。",
        en: "Teachers may take a picture of a work or an activity and keep it with the bean it shows; a child's work may have photos, sound and film. The teachers of the class, the child and you can see them. The year book has only photos with no other child on them.",
      },
      why: { zh: "留下作品和过程的样子。", en: "To keep what a work or an activity looked like." },
      without: {
        zh: "不同意：不拍、不录，已有的照片（包括合照）和录音录像不再显示并会删除。",
        en: "With a no, nothing is taken or recorded, and the photos there are, group pictures too, with sound and film, are no longer shown and are deleted.",
      },
    },
    NAME_ON_BOARD,
    RESEARCH,
  ],
};
