/**
 * The draft of an impact assessment, with what the school's figures already say. A template to write on in, never a
 * finished assessment: whether a use is necessary is for people to say.
 *
 * @source 个人信息保护法 第五十五条, 第五十六条: what it has to weigh; kept for three years
 */
import type { OfficeReport } from "../../documents/report-page.ts";
import { sayIn } from "../../documents/say.ts";
import type { PrivacyFigures } from "./figures.ts";
import { held, type ReportSettings } from "./report.ts";

export function assessmentDraft(figures: PrivacyFigures, settings: ReportSettings): OfficeReport {
  const say = sayIn(settings.locale);
  const { school, officer, requiresSecondFactor, backups } = figures;
  return {
    locale: settings.locale,
    title: say("个人信息保护影响评估（底稿）", "Impact assessment (draft)"),
    school,
    about: [
      say(
        "依据《个人信息保护法》第五十五、五十六条。处理不满十四周岁未成年人的信息前评估，用途有重大变化时重做；报告和处理记录至少保存三年。方框以外是系统按本校现状填好的，请逐项核对。",
        "By articles 55 and 56 of the Personal Information Protection Law: before data of children under fourteen is handled, and again when a use changes; kept for at least three years. What is written here is this school as it is now: please check each line.",
      ),
    ],
    sections: [
      {
        heading: say("一、评估对象", "1. What is assessed"),
        paragraphs: [
          say(
            `${school}使用“豆豆成长”记录学生五育成长，自行部署在学校的服务器上，不委托第三方，不出境，不用人工智能服务。`,
            `${school} uses doudou to note how children grow. It runs on the school's own server; no processor, no transfer abroad, no AI service.`,
          ),
          officer
            ? say(
                `负责人：${officer.name}，${officer.contact}`,
                `Responsible: ${officer.name}, ${officer.contact}`,
              )
            : say("负责人：（请填写）", "Responsible: (to be named)"),
        ],
        toFillIn: [
          say("评估人、日期、触发原因（首次 / 用途变化 / 年度复评）", "Who assesses, when, and why now"),
        ],
      },
      held(figures, settings),
      {
        heading: say(
          "二、目的和方式是否合法、正当、必要",
          "2. Whether purpose and means are lawful, fair, necessary",
        ),
        paragraphs: [
          say(
            "目的：看见每个孩子的进步，向家长报告；不排名，不用于选拔和处分。收集：教师在课堂上点选，孩子自己的话，经同意的照片。不收集生物特征、位置、考试成绩。",
            "Purpose: to notice each child's growth and tell the family; no ranks, no selection, no discipline. Means: taps of a teacher in class, the child's own words, pictures by consent. No biometrics, no location, no exam results.",
          ),
        ],
        toFillIn: [
          say(
            "能不能少收一些、少存一些？逐项说明",
            "Could it be done with less, or kept for less? Item by item",
          ),
        ],
      },
      {
        heading: say(
          "三、对孩子权益的影响和安全风险",
          "3. What it may do to children, and what may go wrong",
        ),
        table: {
          head: [
            say("风险", "Risk"),
            say("已有措施", "What is done"),
            say("可能性 / 影响 / 剩余风险", "Likely / grave / what is left"),
          ],
          widths: [3, 5, 2.4],
          rows: [
            [
              say("被贴标签、被比较", "Being labelled or compared"),
              say(
                "只和自己的过去比；没有名次；标签可拒绝",
                "Compared with their own past only; no rank; labels may be refused",
              ),
              "",
            ],
            [
              say("无关的人看到档案", "Seen by who need not"),
              say(
                "按任教关系授权；其他查阅审批、限时、留痕；家长可查",
                "Access follows teaching; else approved, timed, logged; guardians see who looked",
              ),
              "",
            ],
            [
              say("公用平板落到别人手里", "A shared tablet in other hands"),
              say(
                "PIN、自动锁定；公用平板只到班级页",
                "PIN, locks by itself; no further than the class page",
              ),
              "",
            ],
            [
              say("账号被盗", "A stolen account"),
              requiresSecondFactor
                ? say("管理员必须两步验证；错误次数限制", "Second factor for administrators; throttled")
                : say(
                    "有错误次数限制；两步验证未强制（建议打开）",
                    "Throttled; no second factor required (should be)",
                  ),
              "",
            ],
            [
              say("数据丢失或泄露", "Lost or leaked data"),
              backups.isConfigured
                ? say("每日加密备份；泄露处置步骤", "Encrypted backups daily; steps for a breach")
                : say(
                    "未设自动备份（请设置）；泄露处置步骤",
                    "No backups by itself (to be set up); steps for a breach",
                  ),
              "",
            ],
            [
              say("保存过久", "Kept too long"),
              say(
                `期满列出待删（现有 ${figures.overTime} 份）`,
                `Listed when over their time (${figures.overTime} now)`,
              ),
              "",
            ],
          ],
        },
        toFillIn: [say("本校还有哪些风险", "What else may go wrong here")],
      },
      {
        heading: say(
          "四、保护措施是否合法、有效、与风险相称",
          "4. Whether the measures are lawful, work, and fit the risk",
        ),
        toFillIn: [
          say("家长和孩子的意见", "What families and children say"),
          say("要补的措施、负责人、期限", "What is to be added, by whom, by when"),
        ],
      },
      {
        heading: say("五、结论", "5. Conclusion"),
        toFillIn: [
          say(
            "可以处理 / 整改后可以 / 不可以；下次复评日期",
            "Go ahead / after mending / not; when it is looked at again",
          ),
          say("负责人签字、学校盖章、归档编号", "Signature, seal, number in the archive"),
        ],
      },
    ],
  };
}
