"""Asam (آسام, aasaam): ILNA, Donya-e-Eqtesad, Shargh, Etemad, Rokna, …; facts of reference: markup, families.

One engine, a theme for every site: words are parted by ``_`` in one and by ``-`` in the next, and heading, breadcrumb
or tags often stand outside the ``article`` element.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    article=(
        "article#news_page_article, article#news-page-article, article#news-article",
        "article.news_page_article, article.news-page-article, article.news-article",
        "div#news_page_article, div#news-page-article, section#news_page_article, section#news-page-article",
        "article",
        "div.news_content, div.album_main, div.album-page, main",
    ),
    wide=True,
    title=("h1.title", "h1[itemprop=headline]", "h1", "header .title, div.title > h2, h2.title"),
    kicker=(
        ".uptitle, .up-title, .up_title, .upTitle",
        ".news-uptitle, .news_uptitle, .news_top_title, .kicker, h4.rutitr",
    ),
    lead=(
        "p.lead, div.lead, h2.lead, h3.lead",
        "p.news-lead, p.news_lead, div.news-lead, div.news_lead",
        "p.lead-cl, p.mp_lead, p.lead_text",
        "p[itemprop=description], h2[itemprop=description], div[itemprop=description]",
    ),
    body=(
        "div#echo_details, div#echo_detail, section#echo_detail",
        "div.echo_detail, div#echo-detail, div.echo-detail, section#echo-detail",
        "div#main_ck_editor, div#CK_editor, div#ck_editor, div#ckeditor",
        "div#main-echo-detail, div.echo-detail-inner, div.echo_detail_inner, div.echo-content",
        "div.innerbody, div#content-text, div[itemprop=articleBody], div[itemprop=articlebody]",
    ),
    around_body=(
        "div.article-body, section.article-body",
        "div.article_body, section.article_body",
        "div.article_content, div.main-entity",
    ),
    date=(
        "time.news_time, time.news-time, time[itemprop=datePublished], time[itemprop=datepublished]",
        "time[datetime]",
        ".news_time, .news-time, .news_nav_title, time",
    ),
    code=(".sec_info, .news_code, .news-code, .news_id", ".news-short-info li, .news_short_info li"),
    sections=(
        "ul.breadcrumb_list a, ul.breadcrumb-list a, ol.breadcrumb_list a",
        "ul.breadcrumb a, ol.breadcrumb a, ul.bread_crump a, ul.breadcrumb_right a",
        ".breadcrumb_list a, .bread_crumbs a, .bread-crumbs a, .breadcrumb-inner a, .right_breadcrumb a",
    ),
    tags=(
        ".article_tag a.tag_item, .article_tags a.tag_item, a.tags-detail",
        ".article_tag a, .article-tag a",
        ".article_tags a, .article_tags li",
        ".news_tags a, .tag_items a, .all-tags div a",
        "ul.tag_ul li a, ul.tag-ul li a, .word_key a, .tags ul li a, ul.tags li a",
    ),
    tag_metas=("article:tag",),
    authors=("div.author_tools div", "div.writers, div.photographers"),
    image=(
        ".primary_files img, .primary-files img, .image_top_primary img, .image-top-primary img, .primary_image img",
        "div.image img, figure.image img, .contain_img img, .big-img-news img, .big_img_news img",
    ),
    gallery=(
        ".album_content img, ul.more_album img, .gallery_containar img, .gallery_attach_list img",
        ".landing-album-two img, #imageGalleryAttach img, .new_gallery_list img, .album_img img",
    ),
    player="video, audio, iframe[src], .video-js-container, .video_player",
    short_link="input#short_link, input#short-l-copy, input.shrt-link, .tinyurl_form input",
    noise="""
        noprint sec_info tinyurl_form article_tag article-tag article_tags news_tags tag_items share_news share-news
        social_share short_link_cnt short_link_box short-link-form author_tools source_news news-short-info
        ita_application type-script type-resource zxc_mb close_adv inline_news_box inline-news-box more-news-in-text
        related_news related-news related-box others_known quad_news2 readmore video-js-container primary_files
        primary-files gallery_attach_list gallery_containar album_content more_album comments-list comment_list
        news_comment uptitle up-title up_title advertisement
    """,
    chrome="lead news-lead news_lead news_time news-time title article_header breadcrumb breadcrumb_list writers",
)

# Section and slug may be anything: an article is served under its code. The short address serves every article.
SCHEME = Scheme(
    patterns=(
        r"/(?:\w\w/)?[^/]+-\d+/(?P<code>\d{3,})(?:-(?P<slug>[^/]*))?/?$",
        r"/(?:\w\w/)?(?:news|photo|video)/(?P<code>\d{3,})(?:-(?P<slug>[^/]*))?/?$",
        r"/(?:\w\w/)?tiny/news-(?P<code>\d{3,})/?$",
        r"/(?P<code>\d{5,})/?$",
    ),
    alone="/fa/tiny/news-{code}",
)

ASAM = Markup(
    name="asam",
    version=1,
    scheme=SCHEME,
    marks=(
        "article#news_page_article, article#news-page-article, article.news_page_article, article.news-page-article",
        "div#echo_details, div#echo_detail, div.echo_detail, div#echo-detail, div#main_ck_editor, div#main-echo-detail",
        "div.article_tag a.tag_item, div#news-page-content, div#news_page_content",
        "time[itemprop=datepublished]",
    ),
    page=PAGE,
    list_marks="section.archive_section, ul.archive-n-land, ul#archive-page-news, footer.archive_next_page",
)
