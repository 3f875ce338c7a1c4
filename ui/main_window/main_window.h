#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"
#include "ui/theme/theme.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>
#include <string>

namespace chronograd {

class Card;
class CardDesk;
class CardFrame;
class ComparePanel;
class ExperimentFiles;
class ExperimentPanel;
class GraphView;
class InspectorPanel;
class MainMenu;
class JourneyBar;
class MessageBanner;
class PlotCards;
class PredictCard;
class ProjectorMode;
class RunLibrary;
class SessionBridge;
class ShownSession;
class SweepDesk;
class TransportBar;
class WorkedCard;

/// The window: lays out the cards and wires them to the session; what they do is theirs.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum class Memory : quint8
    {
        Kept, ///< Size, layout and theme are those of the last time; runs go into the library.
        None,
    };
    explicit MainWindow(Memory memory = Memory::Kept);
    ~MainWindow() override;

    SessionBridge& bridge() const { return *m_bridge; }
    TransportBar& transport() const { return *m_transport; }
    ComparePanel& lanes() const { return *m_lanes; }
    MessageBanner& banner() const { return *m_banner; }

    bool open(const std::filesystem::path& file);
    bool openFirst(); ///< The first of the ready experiments.
    /// By its name, as on the command line. False: the banner tells why not.
    bool select(const std::string& quantity);
    void setTheme(ThemeKind kind);
    void setAnimated(bool on);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildTop();
    void buildCards();
    void buildMenus();
    void wire();
    void showOpened();
    void chooseComparison();
    void lookAtShown();
    void nameShown();
    void raiseLanes();
    void showQuantity(const Quantity& quantity);
    void lookFirst(const std::shared_ptr<const Frame>& frame);
    void restoreMemory();

    Memory m_memory;
    SessionBridge* m_bridge;
    ExperimentFiles* m_files;
    TransportBar* m_transport;
    MessageBanner* m_banner;
    JourneyBar* m_journey;
    CardDesk* m_desk;
    GraphView* m_graph;
    ExperimentPanel* m_experiment;
    InspectorPanel* m_inspector;
    ComparePanel* m_lanes;
    ShownSession* m_shown;
    CardFrame* m_centre = nullptr;
    Card* m_lanesCard = nullptr;
    PlotCards* m_plots = nullptr;
    WorkedCard* m_worked = nullptr;
    PredictCard* m_predict = nullptr;
    ProjectorMode* m_projector;
    RunLibrary* m_library;
    SweepDesk* m_sweeps;
    MainMenu* m_menu;
    bool m_hasLooked = false; ///< Something is or was selected in this experiment.
};

} // namespace chronograd
