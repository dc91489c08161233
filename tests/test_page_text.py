"""The text of an article, in every shape of markup, without what surrounds it."""

from __future__ import annotations

import pytest
from nastooh_pages import article

from crawler.page import read_page


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<p>یک</p><p>دو</p>", "یک\n\nدو"),
        ("یک<p>دو</p>سه", "یک\n\nدو\n\nسه"),
        ("<p>یک<br>دو<br/><br />سه</p>", "یک\n\nدو\n\nسه"),
        ("<div>یک<div>دو</div>سه</div>", "یک\n\nدو\n\nسه"),
        ("<ul><li>یک</li><li><p>دو</p></li></ul>", "یک\n\nدو"),
        ("<dl><dt>یک</dt><dd>دو</dd></dl>", "یک\n\nدو"),
        ("<h2>یک</h2>دو<hr>سه", "یک\n\nدو\n\nسه"),
        ("<p>یک<p>دو<p>سه", "یک\n\nدو\n\nسه"),
        ("<p><span>بنی</span>هاشم و <b>ک</b>تاب</p>", "بنیهاشم و کتاب"),
        ("<p>به گزارش<a> خبرنگار</a>، او</p>", "به گزارش خبرنگار، او"),
        ("<p>می<span>\u200c</span>رود و می&zwnj;آید</p>", "می\u200cرود و می\u200cآید"),
        ("<p>یک&nbsp;&nbsp;\n دو</p><p>&nbsp;</p><p>\u200c</p><p></p>", "یک دو"),
        ("<p>&#1740&#1705 و &#x62f;&#x648;</p>", "یک و دو"),
        ("<p>یک</p><!-- <p>پنهان</p> -->دو<?php پنهان ?>", "یک\n\nدو"),
        ("<p>یک</p><p>یک</p>", "یک\n\nیک"),
        ("<p>یک</p><p>انتهای پیام/</p>", "یک\n\nانتهای پیام/"),
        ("<p>كتاب علي</p>", "کتاب علی"),
        ("<table><tr><td>یک<td>دو<tr><td>سه<td><p>چهار</p><p>پنج</p></table>", "یک دو\n\nسه چهار پنج"),
        ("<table><caption>جدول</caption><tr><th>یک<th>دو</table>", "جدول\n\nیک دو"),
        ("<table><tr><td><img alt='عکس'></td><td><p>یک</p><p>دو</p></td></tr></table>", "یک\n\nدو"),
        ("<table><tr><td><table><tr><td>یک<td>دو</table></td></tr></table>", "یک دو"),
        ("<center><font color=red>یک</font></center>دو", "یک\n\nدو"),
        ("<pre>یک</pre><address>دو</address>", "یک\n\nدو"),
    ],
)
def test_a_body_of_any_shape_reads_as_its_paragraphs(markup: str, body: str) -> None:
    assert read_page(article(markup)).body == body


@pytest.mark.parametrize(
    "markup",
    [
        "<script>هیچ</script>",
        "<style>هیچ</style>",
        "<noscript>هیچ</noscript>",
        "<iframe>هیچ</iframe>",
        "<template><p>هیچ</p></template>",
        "<figure><img alt='هیچ'><figcaption>هیچ</figcaption></figure>",
        "<img alt='هیچ' title='هیچ'>",
        "<p class='caption'>هیچ</p>",
        "<div class='gallery'><p>هیچ</p></div>",
        "<video>هیچ</video><div class='video-download'>دریافت 16 MB</div>",
        "<p>دریافت ۱۶ MB</p><p>دانلود ویدیو</p><p>کد ویدیو</p><p>تعداد بازدید : ۷۴</p>",
        "<p>&lt;iframe src='x'&gt;&lt;/iframe&gt;</p>",
        "<button>هیچ</button><form><p>هیچ</p></form>",
        "<ul class='item-sharing list'><li>هیچ</li></ul>",
        "<div class='short-link-container'>هیچ</div>",
        "<p><a href='https://x.ir/redirect/ads/12'>هیچ</a></p>",
        "<div style='DISPLAY : none'>هیچ</div><p hidden>هیچ</p><p class='d-none'>هیچ</p>",
        "<section class='box related-items'><h2>مطالب مرتبط</h2><a>هیچ</a></section>",
        "<ul><li><strong>بیشتر بخوانید:</strong></li><li><a href='/news/1'>هیچ</a></li><li><a>هیچ</a></li></ul>",
        "<p>بیشتر بخوانید؛ <a href='/news/1'>هیچ</a></p><p>• <a href='/news/2'>هیچ</a></p>",
        "<p><a href='/news/1'>بیشتر بخوانید: هیچ</a></p>",
        "<p>بیشتر بخوانید</p>",
        "<p>بیشتر:</p><ul><li><a>هیچ</a></li><li><a>هیچ</a></li></ul>",
        "<p>بیشتر: <a>هیچ</a></p>",
        "<p>این خبر را هم بخوانید:</p><blockquote><a>هیچ</a></blockquote>",
        "<h4>اخبار مرتبط</h4><p><a>هیچ</a></p>",
        "<div id='news-comment'>هیچ</div><div class='comment-form'>نظر شما</div>",
        "<div class='print-header'>هیچ</div><div class='item-code'>کد خبر ۱۲۳</div>",
    ],
)
def test_what_surrounds_the_text_is_no_part_of_it(markup: str) -> None:
    assert read_page(article(f"<p>یک</p>{markup}<p>دو</p>")).body == "یک\n\nدو"


@pytest.mark.parametrize(
    "paragraph",
    [
        "<a href='/news/1'>همه این جمله پیوند است</a>",
        "مطالب مرتبط",
        "بازدید: وزیر از کارخانه دیدن کرد",
        "دریافت ۲۰ هزار تومان",
        "او گفت بیشتر بخوانید تا بیشتر بدانید",
        "بیشتر: این بار با <a>پیوند</a> در میان جمله",
        "<span class='d-none d-sm-inline'>پیدا</span>",
        "<b>نظر شما</b> چیست؟",
    ],
)
def test_words_that_only_look_like_furniture_stay(paragraph: str) -> None:
    body = read_page(article(f"<p>یک</p><p>{paragraph}</p><p>دو</p>")).body
    assert body is not None
    assert body.count("\n\n") == 2


def test_a_body_is_the_outermost_of_nested_ones() -> None:
    nested = "<p>یک</p><div class='item-text'><p>دو</p><div itemprop='articleBody'>سه</div></div><p>چهار</p>"
    assert read_page(article(nested)).body == "یک\n\nدو\n\nسه\n\nچهار"
    without_class = nested.replace("<div class='item-text'>", "<div class='item-text x'>")
    page = article(without_class).replace('class="item-text" itemprop="articleBody"', 'itemprop="articleBody"')
    assert read_page(page).body == "یک\n\nدو\n\nسه\n\nچهار"


def test_text_that_stands_in_the_article_itself_is_its_body() -> None:
    page = (
        '<meta name="generator" content="www.nastooh.ir"><article id="item"><div class="item-header"><h1 class="title">'
        'تیتر</h1></div><p class="summary introtext">لید</p>متن برهنه<p>یک</p><div>دو</div><div class="item-code">'
        'کد خبر <span>12345</span></div><section class="box tags"><ul><li><a>برچسب</a></ul></section></article>'
    )
    found = read_page(page)
    assert (found.title, found.lead, found.body) == ("تیتر", "لید", "متن برهنه\n\nیک\n\nدو")
    assert (found.news_code, found.tags) == ("12345", ("برچسب",))


def test_a_lead_in_the_box_around_the_body_is_not_read_twice() -> None:
    page = '<article id="item"><div class="item-body"><p class="summary">لید</p><p>یک</p></div></article>'
    found = read_page(f'<meta name="generator" content="www.nastooh.ir">{page}')
    assert (found.lead, found.body) == ("لید", "یک")
