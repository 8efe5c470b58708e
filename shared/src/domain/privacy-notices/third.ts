/**
 * The third notice: the second, with what has come since: words that hurt, minutes of looking, the register of incidents,
 * that old notes go, and what is kept against guessing. It asks for nothing more than the second, in the same words.
 */
import type { NoticeSection, PrivacyNotice } from "../privacy-notice.ts";
import type { Bilingual } from "../words.ts";
import {
  ABOUT,
  ASKED_FIRST,
  HOW_LONG,
  HOW_PROTECTED,
  OF_CHILD,
  OF_GUARDIAN,
  SECOND,
  TO_ASK_FOR,
  TO_TAKE_ALONG,
  WHO_SEES_IT,
} from "./second.ts";

export const THIRD: PrivacyNotice = {
  version: "3",
  since: "2026-11-10",
  changes: [
    {
      zh: "写明了孩子和您可以说哪句话让孩子难过：谁来看，怎样答复，保存多久。",
      en: "It says that your child and you may tell the school which words hurt: who reads that, how it is answered, for how long it is kept.",
    },
    {
      zh: "写明了孩子每天看自己的记录的分钟数：只用来在看够了的时候提醒孩子休息，当天过后删除。",
      en: "It says that the minutes are kept in which a child looks at its own record on a day: only to end looking when it is enough, and deleted when the day is over.",
    },
    {
      zh: "写明了学校设有信息安全事件登记，登记里不写孩子的姓名。",
      en: "It says that the school keeps a register of incidents with children's data, in which no child is named.",
    },
    {
      zh: "和豆豆一起写的话，比其他记录更早清除。",
      en: "Words that come with a bean go earlier than the rest of the record.",
    },
    {
      zh: "写明了为防止别人猜密码保存什么、保存多久。",
      en: "It says what is kept, and for how long, to stop others from guessing passwords.",
    },
    {
      zh: "分别征求同意的四件事，和第 2 版一字不差。",
      en: "The four things that you are asked about are as they are in version 2, to the letter.",
    },
  ],
  sections: [
    ABOUT,
    and(
      OF_CHILD,
      {
        zh: "让孩子难过的话：同学的话、感谢，或和豆豆一起写的话让孩子难过时，孩子和您都可以说出来，也可以写几个字。这句话马上从孩子的页面上收起来，有人来看、来答复。学校只记是哪句话、是谁说难过、附的几个字和答复，不统计次数。",
        en: "Words that hurt: where a classmate's words, thanks, or words that came with a bean hurt your child, the child and you can say so, with a few words if you like. They are put away on the child's page at once, and somebody looks and answers. What is kept is which words they were, who said that they hurt, what was added, and the answer. Nobody is counted.",
      },
      {
        zh: "孩子当天看自己的记录看了多少分钟：学校可以设定每天的上限，看够了就请孩子去玩；想说的话照样可以说。只记分钟数，不记看了什么、什么时候看的。",
        en: "For how many minutes of a day the child has looked at its own record: a school may set a limit, and then the page sends the child off to play; what it wants to tell, it still can. Minutes are kept, neither what was read nor when.",
      },
    ),
    OF_GUARDIAN,
    ASKED_FIRST,
    and(
      WHO_SEES_IT,
      {
        zh: "孩子或您说某句话让孩子难过时，由说的人选给班主任还是学校办公室看；班主任自己写的话，只给学校办公室看。写话的人不会知道是谁说的；孩子说了什么，您看不到，您说了什么，孩子也看不到，各自收到答复。",
        en: "Whoever says that words hurt chooses whether the homeroom teacher or the school office reads it; words of the homeroom teacher go to the office alone. Their author is not told who said so. What the child said is not shown to you, nor what you said to the child; each is answered by itself.",
      },
      {
        zh: "孩子每天看的分钟数没有人看，也不用来评价孩子。",
        en: "The minutes a child has looked are read by nobody, and nothing about the child is concluded from them.",
      },
    ),
    TO_TAKE_ALONG,
    and(HOW_LONG, {
      zh: "和豆豆一起写的话，过了学校设定的月数（最少十二个月，未另行设定时二十四个月）就清除，豆豆留下；学校也可以设为保存到孩子离校，可以向学校问清楚。孩子选出来先给人看的和已发布的成长报告里的，和其他记录一起保存。当天看的分钟数，过了当天就删除。说某句话让孩子难过的记录和孩子的其他记录一起删除。信息安全事件登记至少保存三年，里面没有孩子的姓名。",
      en: "Words that come with a bean go after the months the school has set (twelve at least, twenty-four where it has set none); the bean stays. A school may also keep them until the child leaves: ask it. What the child shows first, and what stands in a published summary, is kept like the rest. The minutes of a day go when the day is over. That words hurt is erased with the rest of the child's record. The register of incidents is kept for three years at least; it names no child.",
    }),
    TO_ASK_FOR,
    and(
      HOW_PROTECTED,
      {
        zh: "为防止别人猜您和孩子的密码：用密码登录成功的网络地址保存三十天，输错的次数保存一两个小时，都只存换算后的代码，没有人查看。",
        en: "To stop others from guessing your password or your child's: the network address at which it was right is kept for 30 days, how often it was wrong for an hour or two. Both are kept as codes worked out from them, and nobody looks at them.",
      },
      {
        zh: "学校把每一次信息安全事件和演练登记下来：发生了什么、涉及哪类信息、大约多少孩子、做了什么、什么时候报告和告知。登记只增不改，只有学校负责管理的人能看，每看一次都有记录。",
        en: "The school registers every incident with children's data, and every drill: what happened, which kinds of data, about how many children, what was done, when it was reported and told. The register is only added to. Those who run the school read it, and every look is logged.",
      },
    ),
  ],
  purposes: SECOND.purposes,
};

function and({ heading, paragraphs }: NoticeSection, ...more: Bilingual[]): NoticeSection {
  return { heading, paragraphs: [...paragraphs, ...more] };
}
