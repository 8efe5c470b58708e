/**
 * Every refusal of the product: its code, status and sentence in both languages. A test proves each is reachable.
 */
interface Words {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

export const PROBLEMS = {
  "invalid-input": {
    status: 400,
    zh: "提交的内容有误，请检查标出的地方。",
    en: "Something in what was sent is not right; see the fields marked.",
  },
  "not-signed-in": { status: 401, zh: "请先登录。", en: "Please sign in first." },
  "wrong-credentials": { status: 401, zh: "账号或密码不对。", en: "The login or the password is wrong." },
  "mail-off": {
    status: 422,
    zh: "学校还没有开通邮件通知。",
    en: "The school sends no mail.",
  },
  "mail-code-too-soon": {
    status: 429,
    zh: "验证码刚刚发过，请稍后再试。",
    en: "A code was sent a moment ago. Please wait before asking for another.",
  },
  "mail-code-wrong": {
    status: 422,
    zh: "验证码不对，或已过期。",
    en: "The code is wrong, or too old.",
  },
  "passkey-refused": {
    status: 401,
    zh: "通行密钥没有通过。请再试一次，或用密码登录。",
    en: "The passkey was not accepted. Please try again, or use your password.",
  },
  "passkey-unfit": {
    status: 422,
    zh: "这个通行密钥没有添加成功。请再试一次。",
    en: "This passkey could not be added. Please try again.",
  },
  "other-account": {
    status: 409,
    zh: "现在登录的是另一个账号。",
    en: "Somebody else is signed in here now.",
  },
  "origin-refused": {
    status: 403,
    zh: "请求来自别的网站，已拒绝。",
    en: "This request came from another site and was refused.",
  },
  "session-confined": {
    status: 403,
    zh: "这是公用平板：请先输入 PIN 码或密码。",
    en: "This is a shared tablet: please give the PIN or the password first.",
  },
  "session-locked": {
    status: 403,
    zh: "这台设备已锁定：请先输入 PIN 码或密码打开。",
    en: "This device is locked: please open it with the PIN or the password.",
  },
  "pin-wrong": { status: 403, zh: "PIN 码不对。", en: "The PIN is wrong." },
  "pin-exhausted": {
    status: 403,
    zh: "PIN 码错了太多次，请用密码登录。",
    en: "Too many wrong PINs: please sign in with the password.",
  },
  "card-unknown": {
    status: 404,
    zh: "这张卡不能用了，请找班主任换一张。",
    en: "This card is not in use: please ask your homeroom teacher for a new one.",
  },
  "card-without-consent": {
    status: 403,
    zh: "还没有家长同意开通账号的记录，这张卡暂时不能登录。请班主任先登记家长的同意。",
    en: "No guardian's consent to an account is on record, so this card cannot sign in yet. The homeroom teacher can see to it.",
  },
  "card-pin-wrong": {
    status: 403,
    zh: "不对哦，再想一想。",
    en: "Not quite. Think again.",
  },
  "card-none": {
    status: 404,
    zh: "这名学生还没有卡。",
    en: "This student has no card yet.",
  },
  "board-link-over": {
    status: 401,
    zh: "这个投屏已经结束，请老师重新打开。",
    en: "This board is closed: please ask the teacher to open it again.",
  },
  "board-code-wrong": {
    status: 404,
    zh: "投屏码不对，或者已经用过、过期了。请在平板上重新生成一个。",
    en: "This code is wrong, used already or too old. Please make a new one on the tablet.",
  },
  "tile-sets-full": {
    status: 409,
    zh: "常用组已经够多了，请先删掉一组。",
    en: "There are enough sets already: please delete one first.",
  },
  "code-needed": {
    status: 403,
    zh: "请再输入验证器上的 6 位动态码。",
    en: "Please also give the six digits from your authenticator app.",
  },
  "code-wrong": {
    status: 403,
    zh: "动态码不对，或者已经用过。请等下一个码再试。",
    en: "This code is wrong or was used already: please wait for the next one.",
  },
  "second-factor-missing": {
    status: 403,
    zh: "管理员要先设置两步验证，才能继续。",
    en: "Administrators have to set up two-step sign-in before anything else.",
  },
  "second-factor-required": {
    status: 409,
    zh: "管理员不能关闭两步验证。",
    en: "Administrators cannot do without two-step sign-in.",
  },
  "second-factor-changed": {
    status: 409,
    zh: "两步验证的状态已经变了，请重新打开这一页。",
    en: "Two-step sign-in has changed meanwhile: please open this page again.",
  },
  "sign-in-interrupted": {
    status: 410,
    zh: "这次登录已经中断或过期，请重新开始。",
    en: "This sign-in was interrupted or took too long: please begin again.",
  },
  "provider-rule-changed": {
    status: 409,
    zh: "登录办法刚在别处改过，请先核对。",
    en: "The way in has just been changed elsewhere; please compare first.",
  },
  "provider-link-elsewhere": {
    status: 409,
    zh: "这个账号在别的学校也有身份，不能由一所学校设定统一登录。",
    en: "Another school knows this account too: no single school decides how it is signed in to.",
  },
  "provider-link-taken": {
    status: 409,
    zh: "已经对应到别的账号了。请先解除原来的对应。",
    en: "It leads to another account already: please end that first.",
  },
  "password-too-short": {
    status: 422,
    zh: "密码太短，至少要 10 个字符。",
    en: "The password is too short: take 10 characters or more.",
  },
  "password-guessable": {
    status: 422,
    zh: "这个密码太容易被猜到：它很常见，或者只是姓名、账号、学校名加几个数字。请换一个，比如几个不相关的词连在一起。",
    en: "This password is easily guessed: it is a common one, or little more than your name, login or school. Take another, such as a few words that have nothing to do with each other.",
  },
  "login-missing": { status: 422, zh: "请选一个账号名。", en: "Please choose a login." },
  "login-taken": {
    status: 409,
    zh: "这个账号名已经有人用了，请换一个。如果是您自己的账号，请先登录，再打开邀请。",
    en: "This login is taken: please choose another. If it is yours, sign in first and open the invitation again.",
  },
  "staff-link-over": {
    status: 410,
    zh: "这个链接已经用过、过期或被收回，请向学校管理员要一个新的。",
    en: "This link was used, has expired or was taken back: please ask your school's administrator for a new one.",
  },
  "staff-joined": {
    status: 409,
    zh: "您已经以这个身份在这所学校了，直接用就好。",
    en: "You belong to this school in this role already: there is nothing more to do.",
  },
  "staff-join-alone": {
    status: 403,
    zh: "学生账号不能接受教职工邀请，请用您自己的账号。",
    en: "A child's account cannot take an invitation for staff: please use an account of your own.",
  },
  "staff-reset-refused": {
    status: 409,
    zh: "这个账号不能在这里重置。自己的密码请在“我的账号”里改；也在别处任职的账号，请联系系统维护人员。",
    en: "This account cannot be reset here: change your own password under “My account”; for one that is used elsewhere too, ask whoever runs this server.",
  },
  "letter-unknown": {
    status: 404,
    zh: "这个邀请码不能用：可能抄错了，也可能已经过期、用完或作废。请向班主任要一封新的邀请信。",
    en: "This code does not open anything: it may be mistyped, too old, used up or void. Please ask the homeroom teacher for a new letter.",
  },
  "letter-not-for-you": {
    status: 403,
    zh: "用这封邀请信不能加入，请联系学校办公室。",
    en: "You cannot join with this letter: please contact the school office.",
  },
  "guardian-joined": {
    status: 409,
    zh: "您已经加入了，直接登录就能看到孩子。",
    en: "You have joined already: sign in to see the child.",
  },
  "guardian-not-found": {
    status: 404,
    zh: "这个孩子没有这位家长，或者已经移除。",
    en: "The child has no such guardian, or not any more.",
  },
  "guardians-complete": {
    status: 422,
    zh: "两位家长都已经加入，不用再发邀请信。",
    en: "Both guardians have joined: no letter is needed.",
  },
  "guardian-join-alone": {
    status: 403,
    zh: "请用家长自己的账号加入，不能用学生账号。",
    en: "Please join with an account of your own, not with a child's.",
  },
  forbidden: { status: 403, zh: "您没有权限做这件事。", en: "You may not do this." },
  "not-found": { status: 404, zh: "没有找到。", en: "Not found." },
  "too-large": { status: 413, zh: "提交的内容太大。", en: "What was sent is too large." },
  "unsupported-media-type": { status: 415, zh: "只接受 JSON。", en: "Only JSON is accepted." },
  "too-many-attempts": {
    status: 429,
    zh: "尝试次数太多，请稍后再试。",
    en: "Too many attempts; please wait a little.",
  },
  "too-many-requests": {
    status: 429,
    zh: "请求太频繁，请稍后再试。",
    en: "Too many requests; please wait a little.",
  },
  internal: {
    status: 500,
    zh: "系统出了点问题，已记录下来。",
    en: "Something went wrong on our side; it has been noted.",
  },
  overloaded: {
    status: 503,
    zh: "系统正忙，请稍后再试。",
    en: "The system is busy; please try again shortly.",
  },

  "award-malformed": { status: 422, zh: "这条记录格式有误。", en: "This award is not well formed." },
  "award-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一条内容不同的记录。",
    en: "This id already belongs to an award with other content.",
  },
  "student-not-found": { status: 404, zh: "没有找到这名学生。", en: "No such student." },
  "student-not-taught": {
    status: 403,
    zh: "这名学生当天不在您任教的班级。",
    en: "You did not teach this student on that day.",
  },
  "observation-point-not-found": {
    status: 422,
    zh: "本学期的指标里没有这个观测点。",
    en: "This term's scheme has no such observation point.",
  },
  "observation-point-not-for-grade": {
    status: 422,
    zh: "这个观测点不适用于该年级。",
    en: "This observation point is not for this grade.",
  },
  "observation-point-not-for-role": {
    status: 422,
    zh: "这个观测点不由您来评。",
    en: "This observation point is not yours to award.",
  },
  "points-out-of-range": {
    status: 422,
    zh: "豆数不在允许的范围内。",
    en: "The points are outside the allowed range.",
  },
  "occurred-in-future": {
    status: 422,
    zh: "时间比现在晚太多，请检查设备时钟。",
    en: "The time lies in the future; please check the device's clock.",
  },
  "outside-term": { status: 422, zh: "这个时间不在任何学期内。", en: "This time lies outside every term." },
  "term-closed": { status: 422, zh: "那个学期已经结束，不能再记录。", en: "That term is closed." },
  "evidence-not-found": {
    status: 404,
    zh: "没有找到附上的照片。",
    en: "The attached picture was not found.",
  },
  "evidence-required": {
    status: 422,
    zh: "这个观测点要附上照片才能记录。",
    en: "This observation point is given only with a picture.",
  },
  "evidence-of-others": {
    status: 422,
    zh: "这张照片里没有登记这名学生。",
    en: "This picture was not uploaded as one of this student.",
  },
  "evidence-taken": {
    status: 409,
    zh: "这张照片已经用在这名学生的另一条记录上。",
    en: "Another award of this student already has this picture.",
  },
  "evidence-removed": {
    status: 410,
    zh: "照片已按家长的意愿删除。",
    en: "The picture was removed, as the family wished.",
  },
  "evidence-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一张照片。",
    en: "This id already belongs to another picture.",
  },
  "photo-consent-missing": {
    status: 403,
    zh: "家长没有同意拍照：可以记录，但不能附照片。",
    en: "The family has not agreed to photos: the award can be recorded without one.",
  },
  "picture-too-large": {
    status: 413,
    zh: "照片超过 10 MB，请选小一点的，或直接用相机拍。",
    en: "The picture is larger than 10 MB; choose a smaller one or take it with the camera.",
  },
  "picture-too-many-pixels": {
    status: 422,
    zh: "照片的像素太多，请缩小后再试。",
    en: "The picture has too many pixels; make it smaller and try again.",
  },
  "picture-unreadable": {
    status: 422,
    zh: "照片已损坏或不完整，请重新拍一张。",
    en: "The picture is damaged or incomplete; please take it again.",
  },
  "picture-kind-not-taken": {
    status: 415,
    zh: "只能用 JPEG、PNG 或 WebP 照片。",
    en: "Only JPEG, PNG and WebP pictures are taken.",
  },
  "picture-heic": {
    status: 415,
    zh: "这是 HEIC 照片。请在手机的相机设置里选“兼容性最佳”，或先转成 JPEG。",
    en: "This is a HEIC picture. Choose “Most compatible” in the phone's camera settings, or convert it to JPEG.",
  },
  "file-too-large": {
    status: 413,
    zh: "文件太大：照片和 PDF 最多 10 MB，录音 20 MB，视频 50 MB。",
    en: "The file is too large: pictures and PDF up to 10 MB, sound 20 MB, film 50 MB.",
  },
  "file-kind-not-taken": {
    status: 415,
    zh: "只能放照片（JPEG、PNG、WebP）、PDF、录音（M4A、MP3、OGG、WAV）和视频（MP4、WebM）。",
    en: "Only pictures (JPEG, PNG, WebP), PDF, sound (M4A, MP3, OGG, WAV) and film (MP4, WebM) are taken.",
  },
  "file-unreadable": {
    status: 422,
    zh: "这个文件已损坏或不完整，请换一个再试。",
    en: "This file is damaged or incomplete; please try another.",
  },
  "portfolio-file-not-found": {
    status: 404,
    zh: "没有找到这个文件，请重新放一次。",
    en: "This file was not found; please add it again.",
  },
  "portfolio-file-conflict": {
    status: 409,
    zh: "这个编号已用于另一个文件。",
    en: "This id already belongs to another file.",
  },
  "portfolio-file-removed": {
    status: 410,
    zh: "文件已按家长的意愿删除。",
    en: "The file was removed, as the family wished.",
  },
  "work-consent-missing": {
    status: 403,
    zh: "家长没有同意保存照片、录音和视频：可以把它写下来，也可以放 PDF。",
    en: "The family has not agreed to pictures, audio and video: describe the work in words, or keep it as a PDF.",
  },
  "work-empty": {
    status: 422,
    zh: "放一个文件，或者写一句话吧。",
    en: "Please add a file, or say something about it.",
  },
  "work-indicator-not-found": {
    status: 422,
    zh: "没有找到这个二级指标。",
    en: "This indicator was not found.",
  },
  "works-full": {
    status: 409,
    zh: "这学期放得够多了，请先拿走一些。",
    en: "There is enough for this term already: please take something away first.",
  },
  "work-not-found": { status: 404, zh: "没有找到这件作品。", en: "This work was not found." },
  "work-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一件作品。",
    en: "This id already belongs to another work.",
  },
  "work-not-yours": {
    status: 403,
    zh: "只有放上去的人能拿走它。",
    en: "Only who added it can take it away.",
  },
  "work-term-over": {
    status: 409,
    zh: "那个学期已经结束，作品会一直留着。",
    en: "That term is over; the work stays.",
  },
  "honour-not-found": { status: 404, zh: "没有找到这项荣誉。", en: "This honour was not found." },
  "honour-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一项荣誉。",
    en: "This id already belongs to another honour.",
  },
  "honour-settled": {
    status: 409,
    zh: "这项荣誉已经处理过了，请刷新看看。",
    en: "This honour has been settled already; please look again.",
  },
  "honour-day-ahead": {
    status: 422,
    zh: "获得的日期不能在今天以后。",
    en: "The day it was given cannot be after today.",
  },
  "activity-not-found": { status: 404, zh: "没有找到这项活动。", en: "This activity was not found." },
  "activity-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一项活动。",
    en: "This id already belongs to another activity.",
  },
  "activity-changed": {
    status: 409,
    zh: "这个活动刚在别处改过，请先核对。",
    en: "This activity has just been changed elsewhere; please compare first.",
  },
  "activity-of-another-teacher": {
    status: 403,
    zh: "这项活动是另一位老师记录的，只有班主任可以改。",
    en: "Another teacher recorded this activity; only the homeroom teacher may change it.",
  },
  "activity-settled": {
    status: 409,
    zh: "这项活动已经处理过了，请刷新看看。",
    en: "This activity has been settled already; please look again.",
  },
  "activity-days-unfit": {
    status: 422,
    zh: "日期要从前到后，也不能在今天以后。",
    en: "The first day comes before the last, and none is after today.",
  },
  "activity-child-not-in-class": {
    status: 422,
    zh: "有学生不在这个班里，请刷新名单。",
    en: "A child is not in this class; load the list again.",
  },
  "activity-class-not-yours": {
    status: 403,
    zh: "选的班里，有一个班的活动不由您记录，请重新选。",
    en: "One of these classes is not yours to record activities for; please choose again.",
  },
  "activities-full": {
    status: 409,
    zh: "这学期已经写了很多活动，请老师先看一看。",
    en: "Many activities were told this term already.",
  },
  "highlight-not-found": {
    status: 422,
    zh: "有一样东西已经不在了，请重新选。",
    en: "Something is no longer there; please choose again.",
  },
  "upload-stalled": {
    status: 408,
    zh: "文件没有传完，请再试一次。",
    en: "The file did not arrive in time; please try again.",
  },
  "award-not-found": { status: 404, zh: "没有找到这条记录。", en: "No such award." },
  "void-not-allowed": {
    status: 403,
    zh: "只有记录人、班主任或管理员可以撤销。",
    en: "Only who awarded it, the homeroom teacher or an administrator may void it.",
  },
  "void-window-over": {
    status: 403,
    zh: "超过 7 天，请班主任或管理员撤销。",
    en: "More than 7 days ago: ask the homeroom teacher or an administrator to void it.",
  },

  "reminder-empty": {
    status: 422,
    zh: "请选一句话，或者写几个字。",
    en: "Please choose a phrase or write a few words.",
  },
  "reminder-enough": {
    status: 422,
    zh: "今天给这个孩子的提醒已经够多了，和家里聊一聊会更好。",
    en: "That is enough reminders about this child for today; a talk with the family will help more.",
  },
  "reminder-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一条内容不同的提醒。",
    en: "This id already belongs to a reminder with other content.",
  },
  "reminder-not-found": { status: 404, zh: "没有找到这条提醒。", en: "No such reminder." },
  "reminder-not-yours": {
    status: 403,
    zh: "只有写提醒的老师或班主任可以收回。",
    en: "Only who wrote it or the homeroom teacher may withdraw it.",
  },

  "seating-malformed": {
    status: 422,
    zh: "这张座位表有误：请检查名称、学科和座位。",
    en: "Something about this seating plan is not right: please check its name, subject and desks.",
  },
  "seating-changed": {
    status: 409,
    zh: "这张座位表已被同事改动或删除。",
    en: "A colleague has changed or deleted this seating plan meanwhile.",
  },
  "seating-too-many": {
    status: 422,
    zh: "这个班的座位表已经够多了，请先删掉不用的。",
    en: "This class has enough seating plans; please delete one that is not used.",
  },
  "groups-malformed": {
    status: 422,
    zh: "分组有误：请检查名称，每个孩子最多在一个小组。",
    en: "Something about these groups is not right: please check the names; no child may be in two groups.",
  },
  "groups-changed": {
    status: 409,
    zh: "这套分组已被同事改动或删除。",
    en: "A colleague has changed or deleted these groups meanwhile.",
  },
  "groups-too-many": {
    status: 422,
    zh: "这个班的分组方案已经够多了，请先删掉不用的。",
    en: "This class has enough sets of groups; please delete one that is not used.",
  },
  "proposal-without-words": {
    status: 422,
    zh: "写一句话，说说你是怎么做的。",
    en: "Write a few words about what you did.",
  },
  "proposal-enough": {
    status: 429,
    zh: "今天已经说了好几件啦，明天再来说。",
    en: "You have told enough for today. Come again tomorrow!",
  },
  "thanks-enough": {
    status: 429,
    zh: "今天的感谢都送出去啦，明天再来。",
    en: "All of today's thanks are on their way. Come again tomorrow!",
  },
  "thanks-to-one-enough": {
    status: 429,
    zh: "今天已经谢过这位同学了，想想还有谁也帮过你？",
    en: "You have thanked this classmate today. Who else was kind to you?",
  },
  "classmate-not-found": {
    status: 404,
    zh: "班里没有找到这位同学。",
    en: "There is no such classmate in your class.",
  },
  "proposal-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一件内容不同的事。",
    en: "This id already belongs to something else that was told.",
  },
  "proposal-not-found": { status: 404, zh: "没有找到这一条。", en: "There is no such entry." },
  "proposal-answered": {
    status: 409,
    zh: "老师已经看过这一条了。",
    en: "A teacher has answered this one already.",
  },

  "voice-round-malformed": {
    status: 422,
    zh: "请选好起止日期（都在本学期内，最多一个月）；互评还要先选分组。",
    en: "Choose from when to when, within this term and for no more than a month; peers need groups as well.",
  },
  "voice-round-running": {
    status: 409,
    zh: "这几天已经有一轮同样的评价了，改那一轮的日期就可以。",
    en: "There is a round of this kind on these days already; change the days of that one.",
  },
  "voice-round-not-found": { status: 404, zh: "没有找到这一轮评价。", en: "There is no such round." },
  "voice-round-over": {
    status: 409,
    zh: "这一轮已经结束啦，下次再来说。",
    en: "This round is over. There will be another one!",
  },
  "voice-empty": {
    status: 422,
    zh: "还没有写呢，写一句就好。",
    en: "Nothing has been said yet; a few words will do.",
  },
  "words-unkind": {
    status: 422,
    zh: "有的话听起来会让人难过。换一种说法吧，你写的还在。",
    en: "Some of these words could hurt. Say it another way; what you wrote is still here.",
  },
  "words-not-found": { status: 404, zh: "这里没有这句话。", en: "There are no such words here." },
  "word-report-not-found": {
    status: 404,
    zh: "没有找到这条反映。",
    en: "There is no such report.",
  },
  "word-report-answered": {
    status: 409,
    zh: "这条反映已经答复过了。",
    en: "This report has been answered already.",
  },
  "voice-settled": {
    status: 409,
    zh: "老师已经看过这句话了，不能再改。",
    en: "Your teacher has read this already; it stays as it is.",
  },
  "voice-not-found": { status: 404, zh: "没有找到这句话。", en: "There are no such words." },
  "voice-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一条内容。",
    en: "This id already belongs to something else that was said.",
  },
  "voice-day-out-of-term": {
    status: 422,
    zh: "请选本学期里今天或以前的一天。",
    en: "Choose today or an earlier day of this term.",
  },
  "home-enough": {
    status: 409,
    zh: "这一天记得够多了，谢谢您。",
    en: "This is enough for one day. Thank you!",
  },
  "note-closed": {
    status: 409,
    zh: "这条记录写下已超过七天，不能再改；可以另写一条。",
    en: "This note is older than a week and stays as it is; write another one.",
  },

  "rubric-indicator-not-found": { status: 404, zh: "没有找到这个指标。", en: "There is no such indicator." },
  "rubric-malformed": {
    status: 422,
    zh: "每个等级都要有不同的名称和描述，中英文都写；名称里不用数字，也不用贬低人的词。",
    en: "Every level needs a name of its own and a description, in Chinese and English; a name has no figures and belittles nobody.",
  },
  "rubric-conflict": {
    status: 409,
    zh: "别人刚刚改过这个指标的描述，请重新打开再改。",
    en: "Somebody else has just changed these words; open them again.",
  },
  "round-changed": {
    status: 409,
    zh: "这一轮的日期刚在别处改过，请先核对。",
    en: "The days of this round have just been changed elsewhere; please compare first.",
  },
  "rating-round-malformed": {
    status: 422,
    zh: "请选好起止日期：都在本学期内，最多六周。",
    en: "Choose from when to when, within this term and for no more than six weeks.",
  },
  "rating-round-running": {
    status: 409,
    zh: "这几天已经有一轮等级评价了，改那一轮的日期就可以。",
    en: "There is a rating round on these days already; change the days of that one.",
  },
  "rating-round-not-found": {
    status: 404,
    zh: "没有找到这一轮等级评价。",
    en: "There is no such rating round.",
  },
  "rating-round-over": {
    status: 409,
    zh: "这一轮等级评价现在没有开放。",
    en: "This rating round is not open now.",
  },
  "rating-not-asked": {
    status: 422,
    zh: "您在这个班不评这个指标，或没有这个等级。",
    en: "You do not rate this indicator in this class, or it has no such level.",
  },
  "rating-child-not-in-class": {
    status: 422,
    zh: "有学生已经不在这个班了，请刷新名单。",
    en: "A child is not in this class any more; load the list again.",
  },
  "fitness-test-not-open": {
    status: 409,
    zh: "学校还没有开启本学年的体质测试。",
    en: "The school has not opened this year's fitness test.",
  },
  "fitness-not-asked": {
    status: 422,
    zh: "这个年级不测这一项。",
    en: "This grade is not tested in that.",
  },
  "fitness-value-implausible": {
    status: 422,
    zh: "有成绩不像是测出来的，请再看一遍。",
    en: "A result cannot be right; please look again.",
  },
  "fitness-day-wrong": {
    status: 422,
    zh: "测试日期要在本学年内，不能晚于今天。",
    en: "The day of the test has to be in this school year, and not after today.",
  },
  "fitness-child-not-in-class": {
    status: 422,
    zh: "有学生已经不在这个班了，请重新打开成绩表。",
    en: "A child is not in this class any more; open the sheet again.",
  },
  "fitness-retest-not-due": {
    status: 422,
    zh: "只有测完且没有达标的学生可以补测。",
    en: "Only who was tested in everything and did not pass has a retest.",
  },

  "table-too-large": {
    status: 413,
    zh: "文件超过 20 MB。花名册用不了这么大：请删掉图片和多余的工作表，或另存为 CSV。",
    en: "The file is larger than 20 MB. No roster needs that much: remove pictures and other sheets, or save it as CSV.",
  },
  "table-unpacks-too-large": {
    status: 413,
    zh: "这个文件解压后太大，已停止读取。请另存为 CSV 再试。",
    en: "This file unpacks to far too much, so it was not read. Please save it as CSV and try again.",
  },
  "table-kind-not-taken": {
    status: 415,
    zh: "只能读 XLSX、CSV 文件，或 OneRoster 压缩包。",
    en: "Only XLSX and CSV files and OneRoster packages can be read.",
  },
  "table-old-excel": {
    status: 415,
    zh: "这是旧版 Excel（.xls）或加了密码的文件。请在 Excel 里去掉密码，另存为 .xlsx。",
    en: "This is an old Excel file (.xls) or one with a password. Remove the password in Excel and save it as .xlsx.",
  },
  "table-unreadable": {
    status: 422,
    zh: "文件已损坏，或无法读取。请用 Excel 打开后另存一份再试。",
    en: "The file is damaged or cannot be read. Open it in Excel, save a copy and try that.",
  },
  "table-empty": {
    status: 422,
    zh: "第一个工作表里没有内容。",
    en: "There is nothing on the first sheet.",
  },
  "table-too-many-rows": {
    status: 422,
    zh: "超过 20,000 行，请分成几个文件。",
    en: "There are more than 20,000 rows; please split the file.",
  },
  "table-too-many-columns": {
    status: 422,
    zh: "超过 60 列，请删掉用不到的列。",
    en: "There are more than 60 columns; please delete those that are not needed.",
  },
  "oneroster-version": {
    status: 422,
    zh: "这个 OneRoster 包的版本读不了：只能读 1.1 和 1.2。",
    en: "This OneRoster package is of a version that cannot be read: only 1.1 and 1.2 can.",
  },
  "oneroster-delta": {
    status: 422,
    zh: "这个 OneRoster 包只有变动（delta）。请导出完整的包（bulk）再试。",
    en: "This OneRoster package holds changes only (delta). Please export a complete one (bulk) and try again.",
  },
  "oneroster-incomplete": {
    status: 422,
    zh: "这个 OneRoster 包里缺少需要的文件或列。",
    en: "Files or columns that are needed are missing from this OneRoster package.",
  },
  "oneroster-several-schools": {
    status: 422,
    zh: "这个 OneRoster 包里有不止一所学校的班级，请按学校分别导出。",
    en: "This OneRoster package has classes of more than one school; please export each school by itself.",
  },
  "roster-columns-unfit": {
    status: 422,
    zh: "每一列最多对应一项，同一项不能选两次。",
    en: "Each column can hold one thing, and no thing can be in two columns.",
  },
  "roster-staff-unfit": {
    status: 422,
    zh: "这个人不用选，或者选的不是列出来的人。",
    en: "Nothing has to be said of this person, or nobody who was offered was chosen.",
  },
  "roster-columns-missing": {
    status: 422,
    zh: "还不能导入：请指出哪一列是姓名，哪一列是学籍号或学号。",
    en: "Not yet: say which column holds the name, and which the national or the student number.",
  },
  "roster-import-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一个文件。",
    en: "This id already belongs to another file.",
  },
  "roster-import-stale": {
    status: 409,
    zh: "预览之后，学校的名册有了变化。请重新预览，再导入。",
    en: "The school's roster has changed since this was checked. Please check again, then apply.",
  },
  "roster-import-settled": {
    status: 409,
    zh: "这次导入已经完成或已撤销，不能再改。",
    en: "This import is applied or undone already and can no longer be changed.",
  },
  "roster-import-not-applied": {
    status: 409,
    zh: "这次导入还没有执行，没有什么可撤销的。",
    en: "This import was never applied, so there is nothing to undo.",
  },
  "roster-undo-over": {
    status: 409,
    zh: "超过 30 天，不能再整体撤销。",
    en: "It was more than 30 days ago and can no longer be undone as a whole.",
  },
  "scheme-draft-missing": {
    status: 404,
    zh: "没有正在编写的方案，可能已经发布或删除。",
    en: "No scheme is being written; it may have been published or thrown away.",
  },
  "scheme-draft-changed": {
    status: 409,
    zh: "这份方案已在别处改动。您的改动还在本页，请先核对。",
    en: "This scheme was changed elsewhere. Your changes are still on this page; please compare them.",
  },
  "scheme-core-locked": {
    status: 422,
    zh: "共同指标已锁定，不能删除，也不能改名称、类型、豆数范围、年级和评价人。",
    en: "The common core is locked: it cannot be removed, and its names, kind, range, grades and givers stay.",
  },
  "scheme-not-fit": {
    status: 422,
    zh: "方案还有没写好的地方，不能发布。",
    en: "Something in this scheme is not right yet, so it cannot be published.",
  },
  "school-words-changed": {
    status: 409,
    zh: "学校设置已在别处改动，请重新打开再改。",
    en: "The school's settings were changed elsewhere; please open them again.",
  },
  "calendar-changed": {
    status: 409,
    zh: "校历已在别处改动，请重新打开再改。",
    en: "The calendar was changed elsewhere; please open it again.",
  },
  "calendar-not-fit": {
    status: 422,
    zh: "校历有误：学期和学年不能重叠，学期要在学年之内，名称和日期都要填。",
    en: "Something about the calendar is not right: no overlaps, terms within their years, every name and date.",
  },
  "calendar-in-use": {
    status: 409,
    zh: "这样改会让已有的记录不属于任何学期。已开始的学期不能删除，有记录的日子要留在学期内。",
    en: "Records would belong to no term. A term that has begun stays, and days with records stay within it.",
  },
  "rewards-off": {
    status: 404,
    zh: "学校没有开设兑换小店。",
    en: "This school has no reward shop.",
  },
  "reward-not-found": { status: 404, zh: "这一项现在没有开放。", en: "This is not on offer now." },
  "reward-grades-unordered": {
    status: 422,
    zh: "年级范围写反了：起始年级不能高于结束年级。",
    en: "The grades are the wrong way round.",
  },
  "reward-shelf-full": {
    status: 422,
    zh: "同时开放的最多 30 项；请先关闭一项。",
    en: "No more than 30 may be open together; please close one first.",
  },
  "reward-things-too-many": {
    status: 422,
    zh: "小物品最多占开放项目的三分之一：请先多开放一些特权或体验，或先关闭一件小物品。",
    en: "Things may be no more than a third of what is open: open more privileges or experiences first, or close a thing.",
  },
  "reward-changed": {
    status: 409,
    zh: "这一项刚刚改过，请再看一眼。",
    en: "This has just been changed: please have another look.",
  },
  "reward-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一个愿望。",
    en: "This id already belongs to another wish.",
  },
  "reward-wishes-full": {
    status: 409,
    zh: "你已经有三个愿望在等着了，等一个实现了再许下一个。",
    en: "You are waiting for three wishes already. Let one of them come true first!",
  },
  "reward-child-limit": {
    status: 409,
    zh: "这一项你这学期已经换过啦，看看别的吧。",
    en: "You have had this enough times this term. Choose something else!",
  },
  "reward-stock-gone": {
    status: 409,
    zh: "这一项已经约满了，下一轮还会有的。",
    en: "This is taken for now; it will be there again.",
  },
  "reward-beans-short": {
    status: 409,
    zh: "可以用的豆还不够，可以先把它设成攒豆心愿。",
    en: "You have not enough beans to use yet: you can save for it.",
  },
  "reward-request-not-found": { status: 404, zh: "没有找到这个愿望。", en: "There is no such wish." },
  "reward-request-settled": {
    status: 409,
    zh: "这个愿望的状态已经变了，请再看一眼。",
    en: "This wish has moved on: please have another look.",
  },
  "shopkeeper-not-in-class": {
    status: 422,
    zh: "小店长要从本班学生里选。",
    en: "Shopkeepers are pupils of this class.",
  },
  "not-shopkeeper": {
    status: 403,
    zh: "这周的小店长不是你哦。",
    en: "You do not keep the shop this week.",
  },
  "class-points-full": {
    status: 409,
    zh: "一个班最多有 5 个自设观测点；先停用一个再加。",
    en: "A class has no more than 5 observation points of its own; retire one first.",
  },
  "class-point-name-taken": {
    status: 409,
    zh: "本班已经有同名的观测点。",
    en: "The class has an observation point of that name already.",
  },
  "badge-not-found": { status: 404, zh: "没有这个章。", en: "There is no such badge." },
  "badge-draft-changed": {
    status: 409,
    zh: "这个章的草稿已在别处改动，请先核对。",
    en: "This draft of a badge was changed elsewhere; please compare first.",
  },
  "badge-published": {
    status: 409,
    zh: "这个章已经发布，规则不能再改；请从它新建一个版本。",
    en: "This badge is published and its rule is frozen; please begin a new version of it.",
  },
  "badge-rule-not-fit": {
    status: 422,
    zh: "得章的条件有误：每一级要比上一级多，所选的指标要在本校方案里，种类数不能超过实际有的。",
    en: "The rule does not fit: each level asks for more than the one before, and names only what the scheme has.",
  },
  "badge-not-open": {
    status: 409,
    zh: "现在还不能争这个章：可能已经在争，已经得到，或要先得到别的章。",
    en: "This badge cannot be begun now: it is being striven for, is earned already, or asks for another first.",
  },
  "badges-enough": {
    status: 409,
    zh: "同时最多争三个章；先完成或放下一个。",
    en: "Three badges together are enough; finish one or lay one down first.",
  },
  "credential-not-found": { status: 404, zh: "没有这份数字凭证。", en: "There is no such credential." },
  "credential-id-conflict": {
    status: 409,
    zh: "这份数字凭证的内容已经变了，请重新下载一份。",
    en: "What this credential says has changed since; please make a new one.",
  },
  "credential-name-refused": {
    status: 403,
    zh: "只有家长可以要求在数字凭证里写上孩子的名字。",
    en: "Only a guardian may have the child's name written into a credential.",
  },
  "credential-empty": {
    status: 422,
    zh: "还没有可以写进数字凭证的内容：等有了争到的章、确认的荣誉或发布的学期报告再来。",
    en: "There is nothing to sign yet: no badge, no confirmed honour and no published summary.",
  },
  "credentials-enough": {
    status: 409,
    zh: "这个孩子的数字凭证已经太多了。",
    en: "Too many credentials of this child have been given out.",
  },
  "transfer-not-found": { status: 404, zh: "没有这份转学档案。", en: "There is no such transfer file." },
  "transfer-id-conflict": {
    status: 409,
    zh: "这个编号已经用于另一份转学档案，请重新选择文件。",
    en: "Another transfer file came under this id; please choose the file again.",
  },
  "transfer-not-leaving": {
    status: 403,
    zh: "孩子还在本校就读。转出后由学校打包；在此之前请家长自己下载。",
    en: "The child is still here. The office makes this file once the child has a day to leave; a guardian may do so before.",
  },
  "transfer-enough": {
    status: 409,
    zh: "已经有很多份转学档案了，请先移除一份。",
    en: "There are many transfer files here already; please remove one first.",
  },
  "transfer-settled": {
    status: 409,
    zh: "这份转学档案已经有了结果，不能再改。",
    en: "This transfer file has been answered, or nobody answered in time.",
  },
  "transfer-too-large": {
    status: 413,
    zh: "文件太大：转学档案不超过 200 MB。",
    en: "The file is too large: a transfer file has 200 MB and no more.",
  },
  "transfer-not-read": {
    status: 422,
    zh: "这不是转学档案，或者文件不完整。请选择原学校打包的 ZIP，不要解压后重新压缩。",
    en: "This is no transfer file, or not a whole one. Choose the ZIP as the other school made it, never packed anew.",
  },
  "transfer-version": {
    status: 422,
    zh: "这份转学档案的格式版本，这里还读不懂。请先升级系统，或请原学校重新打包。",
    en: "This transfer file has a version that is not known here. Update this server first, or have the file made anew.",
  },
  "transfer-unsigned": {
    status: 422,
    zh: "这份转学档案没有学校签名，不能收。请向原学校要签过名的文件。",
    en: "No school has signed this transfer file. Please ask the other school for one with its signature.",
  },
  "transfer-altered": {
    status: 422,
    zh: "这份转学档案在签名之后被改动过，不能收。请向原学校重新要一份。",
    en: "This transfer file was changed after it was signed. Please ask the other school for another.",
  },
  "transfer-file-refused": {
    status: 422,
    zh: "转学档案里有一个文件打不开，或者不是这里收的类型。请向原学校重新要一份。",
    en: "A file in this archive cannot be read, or is of a kind that is not taken. Please ask for another.",
  },
  "credential-unknown": {
    status: 404,
    zh: "这不是这里的学校签发的数字凭证，或者文件被改动过。",
    en: "This is no credential that a school here has signed, or the file has been altered.",
  },
  "quest-not-found": { status: 404, zh: "没有在争这个章。", en: "This badge is not being striven for." },
  "individual-plan-not-found": {
    status: 404,
    zh: "没有这份支持计划。",
    en: "There is no such individual plan.",
  },
  "individual-plan-days": {
    status: 422,
    zh: "回看日要在开始和结束之间，结束日不早于今天，一份计划最长一年。",
    en: "The look back lies between first and last day, the last day is not over yet, and a plan is no longer than a year.",
  },
  "individual-plan-open": {
    status: 409,
    zh: "这个孩子已经有一份进行中的支持计划；先回顾并结束它。",
    en: "This child has an individual plan that still runs: look back on it and end it first.",
  },
  "individual-plan-ended": {
    status: 409,
    zh: "这份支持计划已经结束，不再改动。",
    en: "This individual plan has ended and stays as it is.",
  },
  "individual-plan-changed": {
    status: 409,
    zh: "这份支持计划刚被别的老师改过；请看过最新内容再保存。",
    en: "A colleague has changed this individual plan meanwhile: look over the latest, then save.",
  },
  "individual-plan-point-fixed": {
    status: 409,
    zh: "已有观测点的指标、类型和豆数不再改动；可以停用它，另加一个。",
    en: "Indicator, kind and beans of a point that is there stay as they are: retire it and add another.",
  },
  "individual-plan-id-conflict": {
    status: 409,
    zh: "这个编号已被别的内容用过。",
    en: "This id belongs to something else already.",
  },
  "goal-not-found": { status: 404, zh: "没有这个小目标。", en: "There is no such goal." },
  "goals-enough": {
    status: 409,
    zh: "同时最多三个小目标；先达成或放下一个。",
    en: "Three goals together are enough; reach one or end one first.",
  },
  "goal-review-not-fit": {
    status: 422,
    zh: "回看的日子要在今天到学期结束之间。",
    en: "Choose a day to look back on it together, from today until the end of the term.",
  },
  "goal-not-ticked": {
    status: 409,
    zh: "这一步没有记上，请刷新后再看。",
    en: "This step could not be ticked; please open the goal again.",
  },
  "lesson-times-changed": {
    status: 409,
    zh: "作息时间已在别处改动，请重新打开再改。",
    en: "The lesson times were changed elsewhere; please open them again.",
  },
  "lesson-times-not-fit": {
    status: 422,
    zh: "作息时间有误：每段都要有名称，按先后排，不能重叠；一天只能用一套。",
    en: "Something about the lesson times is not right: every span needs a name, in order and without overlap, and a day has one plan.",
  },
  "academic-year-missing": {
    status: 409,
    zh: "学校还没有学年，先建学年再导入名册。",
    en: "The school has no academic year yet; add one before taking in a roster.",
  },
  "roll-over-year-missing": {
    status: 409,
    zh: "还没有下一学年。请先在“学校设置”里添加学年和学期。",
    en: "There is no next school year yet. Please add it, with its terms, in the school's settings.",
  },
  "roll-over-changed": {
    status: 409,
    zh: "这份升级方案已在别处改动，请重新打开再改。",
    en: "This draft was changed elsewhere; please open it again.",
  },
  "roll-over-unfit": {
    status: 422,
    zh: "方案里的新班级和已有的班级重复，请重新打开再改。",
    en: "A new class of this draft is another class already; please open it again.",
  },
  "roll-over-stale": {
    status: 409,
    zh: "预览之后，名册、任教或方案有了变化。请重新预览，再执行。",
    en: "Pupils, assignments or the draft have changed since this was shown. Please check again, then apply.",
  },
  "roll-over-hindered": {
    status: 422,
    zh: "还有问题没解决，不能执行。",
    en: "Some problems are still open, so this cannot be done yet.",
  },
  "roll-over-applied": {
    status: 409,
    zh: "这个学年的升级已经执行过了。",
    en: "The roll-over into this year has been done already.",
  },
  "roll-over-not-applied": {
    status: 409,
    zh: "还没有执行，没有什么可撤销的。",
    en: "It has not been done, so there is nothing to take back.",
  },
  "roll-over-in-use": {
    status: 409,
    zh: "新学年里已有记录，或有人已重新编班、任教，不能再整体撤销。",
    en: "Something is recorded in the new year, or somebody has been placed anew: it can no longer be taken back.",
  },
  "pupil-elsewhere": {
    status: 409,
    zh: "别人刚刚动过学生的班级，请先核对。",
    en: "Somebody else has just moved pupils; please look again first.",
  },
  "move-too-early": {
    status: 409,
    zh: "这位同学之后还有变动，只能从最近一次变动当天或之后调整。",
    en: "This pupil has moved after that day. Change the latest move, from its own day or later.",
  },
  "class-not-in-session": {
    status: 422,
    zh: "这一天不在该班级的学年之内。",
    en: "That day is outside the school year of this class.",
  },
  "student-no-taken": {
    status: 409,
    zh: "这个学号已经有人用了。",
    en: "Another pupil has this number already.",
  },
  "homeroom-taken": {
    status: 409,
    zh: "这个班在这段时间已有班主任，请先结束原来的任课。",
    en: "This class has a homeroom teacher in that time. End that assignment first.",
  },
  "grade-not-in-session": {
    status: 422,
    zh: "这些天须在同一学年之内，那一学年还要有这个年级。",
    en: "These days have to be within one school year, and that year has to have the grade.",
  },
  "leads-already": {
    status: 409,
    zh: "这位老师在这段时间已经是这个年级的组长。",
    en: "This teacher leads the grade in that time already.",
  },
  "not-a-teacher": {
    status: 422,
    zh: "只能安排在职的老师。",
    en: "Only a teacher who works here can be given a class.",
  },
  "substitute-unfit": {
    status: 422,
    zh: "代课须在原任课的日期之内，也不能由本人代课。",
    en: "A substitute covers days of the assignment itself, and is somebody else.",
  },
  "days-backwards": {
    status: 422,
    zh: "结束日期不能早于开始日期。",
    en: "The last day cannot be before the first.",
  },
  "book-year-not-found": {
    status: 404,
    zh: "没有找到这个学年的成长册。",
    en: "There is no book of this school year.",
  },
  "term-not-found": { status: 404, zh: "没有找到这个学期。", en: "No such term." },
  "summary-not-published": {
    status: 404,
    zh: "这份成长报告还没有发布。",
    en: "This summary has not been published yet.",
  },
  "code-unknown": {
    status: 404,
    zh: "没有找到这个核验码，请对照纸上的字再核对一遍。",
    en: "There is no such code; please compare it with the paper once more.",
  },
  "summary-paper-damaged": {
    status: 410,
    zh: "这份报告的 PDF 文件丢失或损坏了，请联系学校从备份中恢复。网页上的报告不受影响。",
    en: "The PDF of this summary is lost or damaged; please ask the school to restore it from a backup. The summary on screen is as it was.",
  },
  "summary-revised": {
    status: 409,
    zh: "这份成长报告刚刚更正过，请先读一读新的一版。",
    en: "This summary has just been corrected; please read the new version first.",
  },
  "signature-unreadable": {
    status: 422,
    zh: "还没有签上名：请用手指写下名字，或输入姓名。",
    en: "There is no signature yet: please write your name with a finger, or type it.",
  },
  "message-id-conflict": {
    status: 409,
    zh: "这条留言的编号已被别的留言使用。",
    en: "Another message has this id.",
  },
  "messages-enough": {
    status: 422,
    zh: "关于这份报告的留言已经很多了，请直接和对方联系。",
    en: "There are many messages about this summary already; please talk to each other directly.",
  },
  "comment-conflict": {
    status: 409,
    zh: "评语已在别处修改过，请先核对再保存。",
    en: "The comment was changed elsewhere; please compare before saving.",
  },
  "remark-conflict": {
    status: 409,
    zh: "这句话已在别处修改过，请先核对再保存。",
    en: "This sentence was changed elsewhere; please compare before saving.",
  },
  "comment-missing": {
    status: 422,
    zh: "还没有写评语，不能发布。",
    en: "There is no comment yet, so it cannot be published.",
  },
  "summary-not-approved": {
    status: 422,
    zh: "学校还没有审核通过，暂时不能发布。",
    en: "The school has not approved this yet, so it cannot be published.",
  },
  "summary-review-off": {
    status: 422,
    zh: "学校没有要求审核，写好后可以直接发布。",
    en: "The school does not approve summaries first: they can be published directly.",
  },
  "summary-not-handed-in": {
    status: 409,
    zh: "这个班现在没有交来审核的报告。",
    en: "This class has nothing handed in to be approved.",
  },
  "summary-changed-since": {
    status: 409,
    zh: "您打开之后又有人改过评语，请重新看一看再通过。",
    en: "Somebody has written since you opened this; please look again before you approve.",
  },
  "review-remark-missing": {
    status: 422,
    zh: "退回时请写一句话，老师才知道改哪里。",
    en: "Please say in a word what to change when returning it.",
  },
  "publish-time-past": {
    status: 422,
    zh: "发布时间要在现在之后。",
    en: "The time to publish must be in the future.",
  },
  "preparation-under-way": {
    status: 409,
    zh: "正在查看这个学期的报告，请等它完成，或先停下来。",
    en: "This term's summaries are being looked through; please wait until it is done, or stop it first.",
  },
  "publication-planned": {
    status: 409,
    zh: "这个班已经定好了发布时间，请先取消。",
    en: "A time is set for this class already; please cancel it first.",
  },
  "publication-begun": {
    status: 409,
    zh: "现在没有等着发布的安排，可能已经开始发布了。",
    en: "Nothing waits to be published; it may have begun already.",
  },
  "subject-not-taught": {
    status: 422,
    zh: "您在这个班不教这门课，不能写这一句。",
    en: "You do not teach this subject in this class.",
  },
  "officer-changed": {
    status: 409,
    zh: "负责人刚在别处改过，请先核对。",
    en: "Who answers for it has just been changed elsewhere; please compare first.",
  },
  "notice-version-old": {
    status: 409,
    zh: "隐私说明有了新版本，请重新打开再选择。",
    en: "There is a newer privacy notice: please open it again and then choose.",
  },
  "notice-version-unknown": {
    status: 422,
    zh: "没有这个版本的隐私说明。",
    en: "There is no such version of the privacy notice.",
  },
  "not-a-guardian": {
    status: 422,
    zh: "这位家长没有登记为孩子的监护人。",
    en: "That person is not on record as a guardian of this child.",
  },
  "request-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一项申请。",
    en: "This id already belongs to another request.",
  },
  "request-enough": {
    status: 422,
    zh: "还有几项申请在等答复，请先等一等。",
    en: "Several requests are still waiting for an answer; please wait for those first.",
  },
  "request-not-found": { status: 404, zh: "没有找到这项申请。", en: "No such request." },
  "request-settled": {
    status: 409,
    zh: "这项申请已经办结。",
    en: "This request has been settled already.",
  },
  "incident-not-found": { status: 404, zh: "没有找到这起事件。", en: "There is no such incident." },
  "incident-id-conflict": {
    status: 409,
    zh: "这个编号已经用于另一条登记。",
    en: "This id is taken by another entry of the register.",
  },
  "incident-closed": {
    status: 409,
    zh: "这起事件已经办结。要补充，请先重新打开。",
    en: "This incident is closed. Open it again to add something.",
  },
  "incident-not-closed": { status: 409, zh: "这起事件还没有办结。", en: "This incident is not closed." },
  "incident-steps-open": {
    status: 422,
    zh: "还有步骤没有回答：做了写时间，不需要做写原因，然后才能办结。",
    en: "Some steps are not answered for yet: say when each was taken, or why it is not needed.",
  },
  "incident-words-missing": {
    status: 422,
    zh: "请用几句话写明。",
    en: "Please say it in a few words.",
  },
  "incident-time-to-come": {
    status: 422,
    zh: "这个时间还没有到，请检查。",
    en: "This time has not come yet: please check it.",
  },
  "answer-missing": { status: 422, zh: "请写下答复。", en: "Please write the answer." },
  "fact-not-found": {
    status: 404,
    zh: "没有登记这一项。",
    en: "That is not on record.",
  },
  "report-year-to-come": {
    status: 422,
    zh: "这一年还没有到。",
    en: "That year is still to come.",
  },
  "access-not-found": { status: 404, zh: "没有找到这项查阅申请。", en: "No such request for access." },
  "access-id-conflict": {
    status: 409,
    zh: "这个编号已用于另一项查阅申请。",
    en: "This id already belongs to another request for access.",
  },
  "access-reason-missing": {
    status: 422,
    zh: "请把理由写清楚一些。",
    en: "Please say a little more about the reason.",
  },
  "access-not-needed": {
    status: 422,
    zh: "您本来就教这个班，不用申请。",
    en: "You teach this class already; there is nothing to ask for.",
  },
  "access-asked-already": {
    status: 409,
    zh: "同样的申请已经在等审批。",
    en: "The same request is waiting for an answer already.",
  },
  "access-enough": {
    status: 422,
    zh: "您已有几项申请在等审批，请先等一等。",
    en: "Several of your requests are still waiting for an answer; please wait for those first.",
  },
  "access-own-device": {
    status: 403,
    zh: "公用平板上不能紧急查阅，请用自己的设备。",
    en: "Not on a shared tablet: please use a device of your own.",
  },
  "access-emergencies-used": {
    status: 409,
    zh: "这周的紧急查阅次数已用完，请联系负责人。",
    en: "You have used all emergencies of this week; please call the responsible person.",
  },
  "access-child-not-found": {
    status: 404,
    zh: "这个班的名单里没有对上的学生（或有重名），请核对姓名或学号。",
    en: "Nobody in this class fits, or more than one does: please check the name or the number.",
  },
  "access-own": {
    status: 403,
    zh: "自己的申请要由别的负责人来办。",
    en: "Somebody else has to decide about what you asked for yourself.",
  },
  "access-settled": {
    status: 409,
    zh: "这项申请已经办过，或已到期。",
    en: "This has been settled already, or its time is over.",
  },
  "access-child-unclear": {
    status: 409,
    zh: "填写的姓名或学号在这个班里没有唯一对上的学生，只能退回。",
    en: "What was typed does not fit exactly one child of that class; it can only be refused.",
  },
  "access-too-long": {
    status: 422,
    zh: "批准的时间不能比申请的长。",
    en: "It cannot be approved for longer than was asked.",
  },
  "viewing-enough-today": {
    status: 403,
    zh: "今天看得够多啦，去玩一玩吧，明天再来。",
    en: "You have looked enough for today. Go and play, and come back tomorrow.",
  },
  "erasure-name-differs": {
    status: 422,
    zh: "输入的姓名和这个孩子的不一样，没有删除。",
    en: "The name typed is not this child's; nothing was erased.",
  },
  "erasure-still-here": {
    status: 409,
    zh: "孩子还在校，学校依法要保留学籍记录，现在不能删除。",
    en: "The child has not left the school, which by law keeps a roster; its record cannot be erased yet.",
  },
  "erasure-too-early": {
    status: 409,
    zh: "还没有到保存期限。",
    en: "The time of keeping is not over yet.",
  },
  "erasure-not-asked": {
    status: 409,
    zh: "没有家长申请删除这个孩子的记录。",
    en: "No guardian has asked for this child's record to be erased.",
  },
} as const satisfies Record<string, Words>;

export type ProblemCode = keyof typeof PROBLEMS;
