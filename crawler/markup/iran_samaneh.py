"""Iran Samaneh (ایران سامانه): a hundred outlets, whose themes share names; facts of reference: markup, families."""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

_LEAD_IN_BODY = "#newsMainBody > div.subtitle, div.body > div.subtitle"

# Which box holds the article differs from theme to theme, so fields are looked for on the whole page; title, kicker and
# lead are those that stand nearest around the text.
PAGE = Selectors(
    title=(
        "h1.title, div.title h1, h1.Htags, h1.Htag, h1.h_title_news",
        "h2.title_ax, .baznashr-title, .video_title h1, h1.photoshahr-title",
        "h1.news-title, .title-news, .title_news, .title_c, .newspage_title, h1",
        "h2.title, h2.Htags, div.title h2, .description_d, .video_title",
    ),
    kicker=(
        "div.rutitr, div.rutitr_body, h2.rutitr, h3.rutitr, h4.rutitr, p.rutitr, span.rutitr",
        ".news-rutitr, .rutitr-news, .rutitr_photo, .newspage_rutitr, .newsPreTitle, .baznashr-rutitr",
    ),
    lead=(
        "div.subtitle, h2.subtitle, h3.subtitle, p.subtitle, section.subtitle, span.subtitle",
        "h2.sub_ax, div.sub_ax, .baznashr-subtitle, .news-subtitle, .subtitle-news, .newspage_subtitle",
        ".photo_subtitle, .subtitle_photo, .photo-subtitle, .photoshahr-subtitle, .content-lead-news, .leadi",
    ),
    lead_in_body=_LEAD_IN_BODY,
    body=(
        "#newsMainBody, div.newsMainBody, div.baznashr-body, div.body, section.body, article.body",
        "div.khabar-matn, div.news-content:not(:has(h1)), div.body_news:not(:has(h1))",
    ),
    around_body=".news_content_body",
    date=(
        ".p-clock, .p-date",
        "div.news_pdate_c",
        ".news_pdate_c, .news-pdate, .news_pdate, .photo_pdate, .photo_pub_date",
        ".autor_ax, .fa_date, .date-color-news, .news-date, .newsDate, .publish-date, .news-nav-times",
        ".news-publishdate, .photo-news-publishdate, .news-info-inner-photo, time.news_path_time, .decription_d_i",
        "time",
    ),
    code=("div.news_id_c", ".news_id_c, .news-id, .news_id, .news-code, .newsCode, .id_news, .news-nav-id"),
    sections=(
        "div.news_path a, div.news_path2 a",
        ".news_path a, .news_path2 a",
        ".path_bottom_body a, .path-cover a, .news-service a, a.newsSubjectName, .padd-breadcrumb a",
        "a.service_name, a.cat_name, a.service_name_photo, a.cat_name_photo, .breadcrumb a",
    ),
    tags=(
        "div.tags_title a, div.tags_container a",
        ".tags_title a, .tags_container a",
        "a.tags_item, a.btn-primary-news, .tag_items a, ul.tags li a, .news-tags a",
    ),
    tag_metas=("article:tag",),
    authors=(
        ".authorMainBox div:has(> .authorName), .authorMainBox:has(> .authorName)",
        ".contributorName:has(> .authorName), .authorBox:has(> .authorName)",
    ),
    byline=r"(?:باشگاه خبرنگاران جوان|خبرگزاری \w+)\s*[؛;]\s*(?P<name>\w+(?:[ \u200c]\w+){1,3})\s*[-–ـ]",
    image=(
        "img.news_corner_image, img.pick_for_baznashr, img.image_btn, img.img-responsive-news",
        ".lead_image img, .parent-lead-img img, .img_news img",
    ),
    gallery=(
        ".image_set a[href], .album_listi a[href], .album_content a[href], .news_album_main_part a[href]",
        ".col-grid-album-photo img, div.album img",
        "div.body img[src*='/files/']",
    ),
    player="video, .videojs-main-container, .videojs_main, .video_content, .news_view_film_typeid, .flowplayer",
    short_link="link[rel=shortlink], .news_home_link a",
    skip=_LEAD_IN_BODY,
    noise="""
        hyperlink_span aftab_news entekhab_lead2 videojs-main-container videojs_main video-tool-box videojs flowplayer
        image_set album_listi album_content news_album_main_part grid_item grid_span tags_title tags_container
        news_toolbar toolbarTop news_tools news_nav share_to_box share_to_con social_icons news_home_link adv_padd
        news_adv_lg news_adv_xs related_news relatedNews news_related path_bottom_body det-1 parent-lead-img caption
        img_caption image_caption comments_item comm_container comm_info_bar comments_form_container font-resize
        view-count news_hits read_more readmore
    """,
    chrome="rutitr rutitr_body title news_path",
)

# The id alone is the code, whatever slug follows; print and amp pages are views of an article. Editions in other
# languages count their articles by themselves.
SCHEME = Scheme(
    patterns=(
        r"/(?P<folder>fa/(?:news|photos))/(?P<code>\d+)(?:/(?P<slug>[^/]*))?/?$",
        r"/fa/(?:print|amp/news|news/amp|amp)/(?P<code>\d+)(?:/(?P<slug>[^/]*))?/?$",
    ),
    folders=("fa/news", "fa/photos"),
)

IRAN_SAMANEH = Markup(
    name="iran_samaneh",
    version=1,
    scheme=SCHEME,
    assets=("/client/themes/",),
    marks=(
        "#newsMainBody, div.newsMainBody, div.baznashr-body, div.general_news_body, div.body_media_content_show",
        "div.mizan_link, div.phNewsBody, div.body_news.body, div.news_nav, div.row_news_body",
        "h2.title_ax, div.autor_ax, div.video_content div.video_title, div.photo_pub_date",
        "div.archive_content div.linear_news",
        "body > div.body:not(:has(h1, header, footer, nav, form))",
    ),
    page=PAGE,
    list_marks="div.archive_content, div.news_archive_container",
)
