"""What statements are about: contents made up for the purpose, with the topics that a reader gives them."""

import pytest

from extract.lexicon import cue_forms, rows
from extract.text import folded
from extract.topics import TOPICS, Topic, topics

SAID: list[tuple[str, tuple[Topic, ...]]] = [
    ("الجيش دمر ثلاث دبابات شرق المدينة", ("security",)),
    ("القوات تصدت لهجوم بصواريخ على القاعدة", ("security",)),
    ("غارة جوية أصابت مقر الفصيل", ("security",)),
    ("الاشتباكات أسفرت عن مقتل أربعة جنود", ("security",)),
    ("قذائف سقطت على الحي فجراً", ("security",)),
    ("وقف إطلاق النار صامد منذ أسبوع", ("security",)),
    ("المسلحون نصبوا كميناً لدورية", ("security",)),
    ("خلايا داعش نشطت في الصحراء", ("security",)),
    ("عبوة ناسفة انفجرت قرب الجسر", ("security",)),
    ("قواتنا المسلحة جاهزة لكل طارئ", ("security",)),
    ("العملية العسكرية ستستمر حتى تحقيق أهدافها", ("security",)),
    ("أسقطت الدفاعات الجوية طائرة مسيرة", ("security",)),
    ("الهدنة لم تصمد إلا ساعات", ("security",)),
    ("الحدود مؤمنة بالكامل", ("borders",)),
    ("شبكات التهريب تستغل الوديان", ("borders",)),
    ("المعبر سيفتح أمام المسافرين غداً", ("borders",)),
    ("نصبنا كاميرات حرارية وسياجاً على الشريط الحدودي", ("borders",)),
    ("حرس الحدود أوقف متسللين", ("borders",)),
    ("ترسيم الحدود البحرية يحتاج إلى خرائط", ("borders",)),
    ("المنفذ الحدودي يستقبل مئتي شاحنة", ("borders",)),
    ("المهربون يسلكون طرقاً وعرة", ("borders",)),
    ("الجمارك صادرت بضاعة مخالفة", ("borders",)),
    ("الانتخابات ستجرى في موعدها", ("politics",)),
    ("البرلمان صوّت على الموازين الجديدة للدوائر", ("politics",)),
    ("تشكيل الحكومة يتطلب توافق الكتل", ("politics",)),
    ("مرشحو الائتلاف حصلوا على أغلبية", ("politics",)),
    ("الدستور يكفل هذا الحق", ("politics",)),
    ("مجلس النواب سيعقد جلسة لاستجواب الوزير", ("politics",)),
    ("الحزب لن يشارك في الحوار الوطني", ("politics",)),
    ("رئيس الوزراء قدم استقالته", ("politics",)),
    ("الناخبون توجهوا إلى صناديق الاقتراع", ("politics",)),
    ("العملية الانتخابية جرت بهدوء", ("politics",)),
    ("الشغور الرئاسي طال أكثر مما ينبغي", ("politics",)),
    ("المحادثات ستستأنف في جنيف", ("diplomacy",)),
    ("السفير نقل رسالة إلى نظيره", ("diplomacy",)),
    ("العلاقات الثنائية تشهد تطوراً", ("diplomacy",)),
    ("مجلس الأمن سيعقد جلسة طارئة", ("diplomacy",)),
    ("الوساطة القطرية حققت تقدماً", ("diplomacy",)),
    ("وزيرا الخارجية وقعا مذكرة تفاهم", ("diplomacy",)),
    ("العقوبات لن تغير مواقفنا", ("diplomacy",)),
    ("المبعوث سيزور العواصم الثلاث", ("diplomacy",)),
    ("المفاوضات النووية بلغت مرحلة حساسة", ("diplomacy",)),
    ("القمة العربية ستبحث المبادرة", ("diplomacy",)),
    ("الجامعة العربية مستعدة للمساعدة في الحل السياسي", ("diplomacy",)),
    ("أسعار النفط ارتفعت دولارين للبرميل", ("economy",)),
    ("الموازنة أقرت بعجز كبير", ("economy",)),
    ("البنك المركزي ثبّت سعر الفائدة", ("economy",)),
    ("محطة الكهرباء ستضيف مئتي ميغاواط", ("economy",)),
    ("الشركات تعهدت بمشاريع جديدة في الميناء", ("economy",)),
    ("المستثمرون عادوا إلى السوق", ("economy",)),
    ("التضخم تراجع إلى أدنى مستوى", ("economy",)),
    ("صادرات القمح زادت هذا الموسم", ("economy",)),
    ("رواتب الموظفين ستصرف قبل العيد", ("economy",)),
    ("الاقتصاديون قلقون من الديون", ("economy",)),
    ("الوقود متوفر في كل المحطات", ("economy",)),
    ("وبالدولار بلغت الإيرادات ضعف العام الماضي", ("economy",)),
    ("المحكمة حكمت بالسجن خمس سنوات", ("justice",)),
    ("القاضي أصدر مذكرة توقيف بحق المدير", ("justice",)),
    ("المتهمون اعترفوا بالجريمة", ("justice",)),
    ("هيئة النزاهة استردت الأموال", ("justice",)),
    ("المحامي طعن في الحكم", ("justice",)),
    ("السجناء مضربون عن الطعام", ("justice",)),
    ("القضاء سيحقق في القضية", ("justice",)),
    ("النيابة العامة تحفظت على الأدلة", ("justice",)),
    ("شبكة لتزوير الجوازات وقعت في قبضة العدالة", ("justice",)),
    ("ضبطت كمية من المخدرات في شقة", ("justice",)),
    ("اللاجئون بحاجة إلى خيام", ("humanitarian",)),
    ("النازحون عادوا إلى قراهم", ("humanitarian",)),
    ("الزلزال شرّد آلاف العائلات", ("humanitarian",)),
    ("قوافل المساعدات وصلت إلى المخيم", ("humanitarian",)),
    ("المهاجرون غرق مركبهم قبالة الساحل", ("humanitarian",)),
    ("المجاعة تهدد مليون طفل", ("humanitarian",)),
    ("السيول جرفت منازل الأهالي", ("humanitarian",)),
    ("الهلال الأحمر وزع سلالاً على المتضررين", ("humanitarian",)),
    ("ممرات إنسانية ستفتح غداً", ("humanitarian",)),
    ("المدارس ستستقبل التلاميذ الأحد", ("society",)),
    ("اللقاح متوفر في المستشفيات", ("society",)),
    ("المنتخب فاز في المباراة الأولى", ("society",)),
    ("خط الدفاع كان ضعيفاً في الشوط الثاني", ("society",)),
    ("المهرجان يعرض عشرين فيلماً", ("society",)),
    ("المتحف يضم قطعاً أثرية نادرة", ("society",)),
    ("الحجاج بدأوا بالوصول", ("society",)),
    ("العملية التعليمية لن تتوقف", ("society",)),
    ("أمطار غزيرة وعواصف متوقعة غداً", ("society",)),
    ("أهمية تمكين المرأة والشباب", ("society",)),
    ("الصحافيون تعرضوا لمضايقات", ("society",)),
    # two of the same weight
    ("القصف دمر مدرسة", ("security", "society")),
    ("الصواريخ أصابت مصفاة", ("security", "economy")),
    ("الحكومة خفضت الضرائب", ("politics", "economy")),
    ("الجيش أوقف المهربين", ("security", "borders")),
    # too little, or too much at once
    ("الأمر سيستغرق وقتاً", ()),
    ("العمل مستمر ليلاً ونهاراً", ()),
    ("الوضع تحت السيطرة", ()),
    ("هذا القرار جاء متأخراً", ()),
    ("سنعلن التفاصيل لاحقاً", ()),
    ("الاجتماع كان مثمراً وبنّاءً", ()),
    ("الزيارة ستتم الأسبوع المقبل", ()),
    ("أن المواقف واضحة ولا تحتاج إلى شرح", ()),
    ("هذا سلاح ذو حدين", ()),
    ("العدد وصل إلى حدود المليون", ()),
    ("المشروع في مراحله الأخيرة", ()),
    ("الجسر الجديد يربط ضفتي النهر", ()),
    ("تلقينا تهديداً", ()),
    ("الجيش والبرلمان والمحكمة", ()),
    ("", ()),
]


@pytest.mark.parametrize(("content", "expected"), SAID)
def test_topics(content: str, expected: tuple[Topic, ...]) -> None:
    assert topics(folded(content)) == expected


@pytest.mark.parametrize(
    "word",
    [
        "محكمة",
        "المحكمة",
        "والمحكمة",
        "بالمحكمة",
        "فللمحكمة",
        "للمحكمة",
        "ولمحكمتهم",
        "محكمتنا",
        "المحاكم",
        "كالمحكمة",
        "محكمتين",
        "لاجئ",
        "لاجئون",
        "للاجئين",
        "واللاجئات",
        "نفطي",
        "النفطية",
        "بالنفط",
        "والنفط",
        "نفطها",
        "كنفطهم",
        "صاروخاً",
        "الصواريخ",
        "صاروخين",
    ],
)
def test_clitics_and_endings(word: str) -> None:
    assert topics(folded(word)) != ()


@pytest.mark.parametrize("word", ["نفطويه", "بحكمته", "تأمل", "حكاية", "المحك", "صارخ"])
def test_what_only_begins_alike(word: str) -> None:
    assert topics(folded(word)) == ()


def test_more_words_ask_for_more_evidence() -> None:
    padding = " ثم مضى كل منهم في طريقه إلى البيت"
    assert topics(folded("المحكمة" + padding)) == ("justice",)
    assert topics(folded("المحكمة" + padding * 6)) == ()
    assert topics(folded("القاضي في المحكمة أصدر حكماً بالسجن على المتهم" + padding * 6)) == ("justice",)


def test_an_ordinary_word_said_twice_is_no_second_one() -> None:
    assert topics(folded("التحقيق مستمر")) == ()
    assert topics(folded("التحقيق يتلوه تحقيق")) == ()
    assert topics(folded("التحقيق في القضية مستمر")) == ("justice",)


def test_a_word_counts_twice_at_most() -> None:
    assert topics(folded("الجيش ثم الجيش ثم الجيش ثم الجيش في الانتخابات والبرلمان")) == ("politics", "security")


def test_the_second_topic_counts_less() -> None:
    assert topics(folded("المحكمة سجنت المتهم بحضور القاضي والمحامي، والجيش غائب")) == ("justice",)


def test_no_word_is_a_reporting_verb() -> None:
    """The topic is what a statement is about, not what its speaker does."""
    reporting = {
        word
        for word, forms in cue_forms().items()
        if any(form.shape in ("past", "present") and "weak" not in form.lemma.flags for form in forms)
    }
    listed = {folded(word) for row in rows("topics.tsv") for word in row["words"].split()}
    assert not reporting & listed


def test_the_lexicon_is_sound() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows("topics.tsv"):
        assert row["topic"] in (*TOPICS, "none") and row["weight"] in ("strong", "weak", "none")
        for word in row["words"].split():
            assert (row["topic"], folded(word)) not in seen, word
            seen[row["topic"], folded(word)] = row["weight"]
    assert len(seen) > 1000
