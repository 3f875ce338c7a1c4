#include "ui/controls/slider_row.h"

#include "ui/controls/slider_scale.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

namespace chronograd {

namespace {

QString toneOf(Setting setting)
{
    return setting == Setting::K1   ? QStringLiteral("k1")
           : setting == Setting::K2 ? QStringLiteral("k2")
                                    : QString();
}

} // namespace

SliderRow::SliderRow(Setting setting, QWidget* parent)
    : SettingRow(setting, parent)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_field(makeField(64))
{
    m_head->addWidget(m_field);
    m_slider->setObjectName(QStringLiteral("slider"));
    m_slider->setAccessibleName(m_label->text());
    m_slider->setToolTip(toolTip());
    m_slider->setFocusPolicy(Qt::StrongFocus);
    m_slider->installEventFilter(this);
    m_slider->setRange(0, positions());
    m_label->setProperty("tone", toneOf(setting));
    m_slider->setProperty("tone", toneOf(setting));
    m_lines->insertWidget(1, m_slider);
    connect(m_slider, &QSlider::valueChanged, this, &SliderRow::moved);
    connect(m_slider, &QSlider::sliderReleased, this, [this] {
        emit dragged(std::nullopt);
        choose(valueAt(m_slider->value()));
    });
}

void SliderRow::setLongest(std::int64_t steps)
{
    m_longest = steps;
    const QSignalBlocker silent(m_slider);
    m_slider->setRange(0, positions());
    m_slider->setPageStep(std::max(1, positions() / 10));
}

int SliderRow::positions() const
{
    switch (spec().setting) {
    case Setting::LearningRate:
        return RateScale::positions;
    case Setting::Momentum:
        return MomentumScale::positions;
    default:
        return StepScale(m_longest).positions();
    }
}

SettingValue SliderRow::valueAt(int position) const
{
    switch (spec().setting) {
    case Setting::LearningRate:
        return RateScale::at(position);
    case Setting::Momentum:
        return MomentumScale::at(position);
    default:
        return StepScale(m_longest).at(position);
    }
}

int SliderRow::positionOf(const SettingValue& value) const
{
    switch (spec().setting) {
    case Setting::LearningRate:
        return RateScale::positionOf(std::get<double>(value));
    case Setting::Momentum:
        return MomentumScale::positionOf(std::get<double>(value));
    default:
        return StepScale(m_longest).positionOf(std::get<StepCount>(value));
    }
}

void SliderRow::moved(int position)
{
    if (!m_slider->isSliderDown())
        return choose(valueAt(position));
    m_field->setText(valueText(valueAt(position)));
    emit dragged(SettingChange{spec().setting, valueAt(position)});
}

void SliderRow::display(const SettingValue& value)
{
    // Not under the user's hands.
    if (!m_slider->isSliderDown()) {
        const QSignalBlocker silent(m_slider);
        m_slider->setValue(positionOf(value));
        m_slider->setAccessibleDescription(valueText(value));
        if (!(m_field->hasFocus() && m_field->isModified()))
            m_field->setText(valueText(value));
    }
}

bool SliderRow::eventFilter(QObject* watched, QEvent* event)
{
    // Scrolling the card must not change the training.
    if (event->type() == QEvent::Wheel && !m_slider->hasFocus()) {
        event->ignore();
        return true;
    }
    return SettingRow::eventFilter(watched, event);
}

} // namespace chronograd
